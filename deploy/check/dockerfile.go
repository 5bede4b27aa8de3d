package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

type imageReport struct {
	User        string              `json:"user"`
	WorkingDir  string              `json:"workingDir"`
	Entrypoint  []string            `json:"entrypoint"`
	Command     []string            `json:"command"`
	Env         []string            `json:"env"`
	Ports       map[string]struct{} `json:"ports"`
	Labels      map[string]string   `json:"labels"`
	Healthcheck []string            `json:"healthcheck"`
}

type dockerfileReport struct {
	Image  imageReport   `json:"image"`
	Stages []stageReport `json:"stages"`
}

// checkDockerfile runs BuildKit's own lint rules, then converts the whole file as a build would, so that
// everything a build can refuse before its first step is a finding.
func checkDockerfile(args []string) (any, []string, error) {
	file, err := oneFile(args)
	if err != nil {
		return nil, nil, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	options := convertOptions(file, text)
	lint, err := dockerfile2llb.DockerfileLint(context.Background(), text, options)
	if err != nil {
		return nil, nil, err
	}
	var findings []string
	if lint.Error != nil {
		findings = append(findings, fmt.Sprintf("%s: %s", file, lint.Error.Message))
	}
	for _, warning := range lint.Warnings {
		line := int32(0)
		if warning.Location != nil && len(warning.Location.Ranges) > 0 {
			line = warning.Location.Ranges[0].Start.Line
		}
		findings = append(findings, fmt.Sprintf("%s:%d: %s: %s", file, line, warning.RuleName, warning.Detail))
	}
	if len(findings) > 0 {
		return nil, findings, nil
	}
	return readDockerfile(file, text, options)
}

func readDockerfile(file string, text []byte, options dockerfile2llb.ConvertOpt) (any, []string, error) {
	converted, err := dockerfile2llb.Dockerfile2LLB(context.Background(), text, options)
	if err != nil {
		return nil, []string{fmt.Sprintf("%s: %v", file, err)}, nil
	}
	stages, findings, err := readStages(text)
	if err != nil {
		return nil, nil, err
	}
	config := converted.Image.Config
	image := imageReport{
		User:       config.User,
		WorkingDir: config.WorkingDir,
		Entrypoint: config.Entrypoint,
		Command:    config.Cmd,
		Env:        config.Env,
		Ports:      config.ExposedPorts,
		Labels:     config.Labels,
	}
	if config.Healthcheck != nil {
		image.Healthcheck = config.Healthcheck.Test
	}
	return dockerfileReport{Image: image, Stages: stages}, findings, nil
}

func convertOptions(file string, text []byte) dockerfile2llb.ConvertOpt {
	source := llb.NewSourceMap(nil, file, "Dockerfile", text)
	source.Definition = &llb.Definition{}
	return dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{},
		MetaResolver:   emptyImages{},
		SourceMap:      source,
		TargetPlatform: &ocispecs.Platform{OS: "linux", Architecture: "amd64"},
		AllStages:      true,
	}
}

// emptyImages stands in for the registry: each base image exists, and sets a search path alone.
type emptyImages struct{}

func (emptyImages) ResolveImageConfig(
	_ context.Context, ref string, _ sourceresolver.Opt,
) (string, digest.Digest, []byte, error) {
	config, err := json.Marshal(ocispecs.Image{
		Platform: ocispecs.Platform{OS: "linux", Architecture: "amd64"},
		Config:   ocispecs.ImageConfig{Env: []string{"PATH=/usr/local/bin:/usr/bin:/bin"}},
		RootFS:   ocispecs.RootFS{Type: "layers"},
	})
	return ref, "", config, err
}
