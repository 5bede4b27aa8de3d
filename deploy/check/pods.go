package main

import (
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// A pod template and the manifest that holds it.
type podOwner struct {
	manifest
	template corev1.PodTemplateSpec
}

func podOwners(manifests []manifest) []podOwner {
	var owners []podOwner
	for _, each := range manifests {
		switch object := each.object.(type) {
		case *appsv1.Deployment:
			owners = append(owners, podOwner{each, object.Spec.Template})
		case *batchv1.Job:
			owners = append(owners, podOwner{each, object.Spec.Template})
		}
	}
	return owners
}

// checkPodSecurity applies the "restricted" Pod Security Standard, the strictest, to each pod.
func checkPodSecurity(manifests []manifest) []string {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return []string{err.Error()}
	}
	level := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	var findings []string
	for _, owner := range podOwners(manifests) {
		for _, result := range evaluator.EvaluatePod(level, &owner.template.ObjectMeta, &owner.template.Spec) {
			if !result.Allowed {
				findings = append(findings, fmt.Sprintf(
					"%s: pod security: %s: %s", owner, result.ForbiddenReason, result.ForbiddenDetail))
			}
		}
	}
	return findings
}

type containerReport struct {
	Owner   string            `json:"owner"`
	Image   string            `json:"image"`
	Command []string          `json:"command"`
	UserID  *int64            `json:"userId"`
	Env     map[string]string `json:"env"`
}

// describeContainers tells what each container will run, for the caller to compare with the image.
func describeContainers(manifests []manifest) []containerReport {
	configs := configMaps(manifests)
	reports := []containerReport{}
	for _, owner := range podOwners(manifests) {
		for _, container := range owner.template.Spec.Containers {
			report := containerReport{
				Owner:   owner.String(),
				Image:   container.Image,
				Command: append(append([]string{}, container.Command...), container.Args...),
				UserID:  userOf(owner.template.Spec, container),
				Env:     map[string]string{},
			}
			for _, source := range container.EnvFrom {
				if source.ConfigMapRef != nil && configs[source.ConfigMapRef.Name] != nil {
					for name, value := range configs[source.ConfigMapRef.Name].Data {
						report.Env[name] = value
					}
				}
			}
			for _, variable := range container.Env {
				report.Env[variable.Name] = variable.Value
			}
			reports = append(reports, report)
		}
	}
	return reports
}

func userOf(pod corev1.PodSpec, container corev1.Container) *int64 {
	if container.SecurityContext != nil && container.SecurityContext.RunAsUser != nil {
		return container.SecurityContext.RunAsUser
	}
	if pod.SecurityContext != nil {
		return pod.SecurityContext.RunAsUser
	}
	return nil
}
