package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/sirupsen/logrus"
)

type serviceReport struct {
	Image       string            `json:"image"`
	Build       *buildReport      `json:"build"`
	Command     []string          `json:"command"`
	Env         map[string]string `json:"env"`
	Restart     string            `json:"restart"`
	Healthcheck []string          `json:"healthcheck"`
	DependsOn   map[string]string `json:"dependsOn"`
	User        string            `json:"user"`
}

type buildReport struct {
	Context    string `json:"context"`
	Dockerfile string `json:"dockerfile"`
	Target     string `json:"target"`
}

// checkCompose loads a compose file as `docker compose` does: schema, interpolation, references between
// services, volumes and networks. A variable without a value or a default is a finding: the file is to
// work on a machine where none is set.
func checkCompose(args []string) (any, []string, error) {
	file, err := oneFile(args)
	if err != nil {
		return nil, nil, err
	}
	var warnings bytes.Buffer
	logrus.SetOutput(&warnings)
	logrus.SetFormatter(&logrus.TextFormatter{DisableTimestamp: true})
	options, err := cli.NewProjectOptions([]string{file},
		cli.WithWorkingDirectory(filepath.Dir(file)), cli.WithName("check"), cli.WithProfiles([]string{"*"}))
	if err != nil {
		return nil, nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, []string{err.Error()}, nil
	}
	var findings []string
	for _, warning := range strings.Split(strings.TrimSpace(warnings.String()), "\n") {
		if warning != "" {
			findings = append(findings, file+": "+warning)
		}
	}
	reports := map[string]serviceReport{}
	for name, service := range project.Services {
		reports[name] = describeService(service)
		findings = append(findings, serviceFindings(project, service)...)
	}
	return reports, findings, nil
}

func describeService(service types.ServiceConfig) serviceReport {
	report := serviceReport{
		Image:     service.Image,
		Command:   service.Command,
		Env:       map[string]string{},
		Restart:   service.Restart,
		DependsOn: map[string]string{},
		User:      service.User,
	}
	if service.Build != nil {
		report.Build = &buildReport{service.Build.Context, service.Build.Dockerfile, service.Build.Target}
	}
	for name, value := range service.Environment {
		if value != nil {
			report.Env[name] = *value
		}
	}
	if service.HealthCheck != nil {
		report.Healthcheck = service.HealthCheck.Test
	}
	for name, dependency := range service.DependsOn {
		report.DependsOn[name] = dependency.Condition
	}
	return report
}

// serviceFindings reports waits that could never end, images whose content changes under the same name
// and, in a file that runs the application, services that a restart of the machine would leave stopped.
func serviceFindings(project *types.Project, service types.ServiceConfig) []string {
	var findings []string
	add := func(format string, args ...any) {
		findings = append(findings, fmt.Sprintf("service %s: ", service.Name)+fmt.Sprintf(format, args...))
	}
	oneShot := service.Restart == "no"
	if service.HealthCheck == nil && service.Build == nil && !oneShot {
		add("has no health check")
	}
	if service.Restart == "" && buildsImage(project) {
		add("has no restart policy")
	}
	if service.Build == nil && (!strings.Contains(service.Image, ":") || strings.HasSuffix(service.Image, ":latest")) {
		add("image %s names no version", service.Image)
	}
	for name, dependency := range service.DependsOn {
		other := project.Services[name]
		switch dependency.Condition {
		case types.ServiceConditionHealthy:
			if other.HealthCheck == nil && other.Build == nil {
				add("waits for %s to be healthy, which has no health check", name)
			}
		case types.ServiceConditionCompletedSuccessfully:
			if other.Restart != "no" {
				add("waits for %s to complete, which would be restarted", name)
			}
		default:
			add("does not wait for %s to be usable", name)
		}
	}
	return findings
}

func buildsImage(project *types.Project) bool {
	for _, service := range project.Services {
		if service.Build != nil {
			return true
		}
	}
	return false
}
