package main

import (
	"fmt"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// checkReferences finds names that lead nowhere: the API server takes such manifests, and the pods then
// never start or never get a request.
func checkReferences(manifests []manifest, existingSecrets []string) []string {
	owners := podOwners(manifests)
	var findings []string
	for _, each := range manifests {
		var problem string
		switch object := each.object.(type) {
		case *corev1.Service:
			problem = serviceProblem(object, owners)
		case *autoscalingv2.HorizontalPodAutoscaler:
			problem = autoscalerProblem(object, manifests)
		case *policyv1.PodDisruptionBudget:
			problem = selectorProblem(object.Spec.Selector, owners)
		case *networkingv1.NetworkPolicy:
			problem = selectorProblem(&object.Spec.PodSelector, owners)
		}
		if problem != "" {
			findings = append(findings, fmt.Sprintf("%s: %s", each, problem))
		}
	}
	for _, owner := range owners {
		findings = append(findings, podFindings(owner, manifests, existingSecrets)...)
	}
	return findings
}

func selectorProblem(selector *metav1.LabelSelector, owners []podOwner) string {
	matcher, err := metav1.LabelSelectorAsSelector(selector)
	if err != nil {
		return err.Error()
	}
	for _, owner := range owners {
		if matcher.Matches(labels.Set(owner.template.Labels)) {
			return ""
		}
	}
	return "its selector matches no pod"
}

// serviceProblem wants exactly one workload behind a service, with each target port among its ports.
func serviceProblem(service *corev1.Service, owners []podOwner) string {
	matcher := labels.SelectorFromSet(service.Spec.Selector)
	var behind []podOwner
	for _, owner := range owners {
		if matcher.Matches(labels.Set(owner.template.Labels)) {
			behind = append(behind, owner)
		}
	}
	if len(service.Spec.Selector) == 0 || len(behind) != 1 {
		return fmt.Sprintf("its selector matches %d workloads instead of one", len(behind))
	}
	for _, port := range service.Spec.Ports {
		if !hasPort(behind[0].template.Spec, port.TargetPort) {
			return fmt.Sprintf("its target port %s is none of %s", port.TargetPort.String(), behind[0])
		}
	}
	return ""
}

func hasPort(pod corev1.PodSpec, target intstr.IntOrString) bool {
	for _, container := range pod.Containers {
		if containerHasPort(container, target) {
			return true
		}
	}
	return false
}

func containerHasPort(container corev1.Container, target intstr.IntOrString) bool {
	return slices.ContainsFunc(container.Ports, func(port corev1.ContainerPort) bool {
		return port.Name == target.StrVal || (target.Type == intstr.Int && port.ContainerPort == target.IntVal)
	})
}

func autoscalerProblem(autoscaler *autoscalingv2.HorizontalPodAutoscaler, manifests []manifest) string {
	target := autoscaler.Spec.ScaleTargetRef
	for _, each := range manifests {
		deployment, ok := each.object.(*appsv1.Deployment)
		if !ok || target.Kind != "Deployment" || deployment.Name != target.Name {
			continue
		}
		if deployment.Spec.Replicas != nil {
			return fmt.Sprintf("%s sets replicas too, so each apply would undo the scaling", each)
		}
		return ""
	}
	return fmt.Sprintf("its target %s %s does not exist", target.Kind, target.Name)
}

func podFindings(owner podOwner, manifests []manifest, existingSecrets []string) []string {
	var findings []string
	add := func(format string, args ...any) {
		findings = append(findings, owner.String()+": "+fmt.Sprintf(format, args...))
	}
	pod := owner.template.Spec
	if !exists(manifests, "ServiceAccount", pod.ServiceAccountName) {
		add("its service account %q does not exist", pod.ServiceAccountName)
	}
	for _, container := range pod.Containers {
		for _, name := range secretNames(container) {
			if !exists(manifests, "Secret", name) && !slices.Contains(existingSecrets, name) {
				add("its secret %q neither exists nor is documented as existing", name)
			}
		}
		for _, name := range configMapNames(container) {
			if !exists(manifests, "ConfigMap", name) {
				add("its config map %q does not exist", name)
			}
		}
		for _, probe := range []*corev1.Probe{container.LivenessProbe, container.ReadinessProbe, container.StartupProbe} {
			if probe != nil && probe.HTTPGet != nil && !containerHasPort(container, probe.HTTPGet.Port) {
				add("a probe asks port %s, which the container does not have", probe.HTTPGet.Port.String())
			}
		}
	}
	return findings
}

func exists(manifests []manifest, kind, name string) bool {
	return slices.ContainsFunc(manifests, func(m manifest) bool { return m.kind == kind && m.name == name })
}

func configMaps(manifests []manifest) map[string]*corev1.ConfigMap {
	result := map[string]*corev1.ConfigMap{}
	for _, each := range manifests {
		if configMap, ok := each.object.(*corev1.ConfigMap); ok {
			result[configMap.Name] = configMap
		}
	}
	return result
}

func secretNames(container corev1.Container) []string {
	var names []string
	for _, source := range container.EnvFrom {
		if source.SecretRef != nil {
			names = append(names, source.SecretRef.Name)
		}
	}
	for _, variable := range container.Env {
		if variable.ValueFrom != nil && variable.ValueFrom.SecretKeyRef != nil {
			names = append(names, variable.ValueFrom.SecretKeyRef.Name)
		}
	}
	return names
}

func configMapNames(container corev1.Container) []string {
	var names []string
	for _, source := range container.EnvFrom {
		if source.ConfigMapRef != nil {
			names = append(names, source.ConfigMapRef.Name)
		}
	}
	for _, variable := range container.Env {
		if variable.ValueFrom != nil && variable.ValueFrom.ConfigMapKeyRef != nil {
			names = append(names, variable.ValueFrom.ConfigMapKeyRef.Name)
		}
	}
	return names
}
