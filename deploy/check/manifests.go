package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
)

// The rules that the API server itself applies to a new object of each kind. A kind that is missing here
// is refused, so that none goes unchecked.
var strategies = map[string]rest.RESTCreateStrategy{
	"ConfigMap":               configmap.Strategy,
	"Deployment":              deployment.Strategy,
	"HorizontalPodAutoscaler": horizontalpodautoscaler.Strategy,
	"Job":                     job.Strategy,
	"Namespace":               namespace.Strategy,
	"NetworkPolicy":           networkpolicy.Strategy,
	"PodDisruptionBudget":     poddisruptionbudget.Strategy,
	"Secret":                  secret.Strategy,
	"Service":                 service.Strategy,
	"ServiceAccount":          serviceaccount.Strategy,
}

// A manifest as written, and its name for messages.
type manifest struct {
	kind   string
	name   string
	object runtime.Object
}

func (m manifest) String() string { return m.kind + " " + m.name }

func checkManifests(existingSecrets []string) (any, []string, error) {
	documents, err := splitDocuments(os.Stdin)
	if err != nil {
		return nil, nil, err
	}
	var manifests []manifest
	var findings []string
	for _, document := range documents {
		found, problems := validateDocument(document)
		findings = append(findings, problems...)
		if found != nil {
			manifests = append(manifests, *found)
		}
	}
	if len(manifests) == 0 {
		findings = append(findings, "there is no manifest")
	}
	findings = append(findings, checkPodSecurity(manifests)...)
	findings = append(findings, checkReferences(manifests, existingSecrets)...)
	return describeContainers(manifests), findings, nil
}

func splitDocuments(input io.Reader) ([][]byte, error) {
	reader := yaml.NewYAMLReader(bufio.NewReader(input))
	var documents [][]byte
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}

// validateDocument decodes strictly (an unknown or doubled field is an error), then defaults and validates
// as the API server does on creation. Its warnings, as about deprecated fields, count as findings.
func validateDocument(document []byte) (*manifest, []string) {
	strict := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)
	external, gvk, err := strict.UniversalDeserializer().Decode(document, nil, nil)
	if err != nil {
		return nil, []string{fmt.Sprintf("unreadable manifest: %v", err)}
	}
	accessor, err := meta.Accessor(external)
	if err != nil {
		return nil, []string{fmt.Sprintf("%s: %v", gvk.Kind, err)}
	}
	result := &manifest{kind: gvk.Kind, name: accessor.GetName(), object: external}
	strategy := strategies[gvk.Kind]
	if strategy == nil {
		return result, []string{fmt.Sprintf("%s: no rules are known for this kind; add them to deploy/check/manifests.go", result)}
	}
	internal, _, err := strict.UniversalDecoder().Decode(document, nil, nil)
	if err != nil {
		return result, []string{fmt.Sprintf("%s: %v", result, err)}
	}
	ctx := genericapirequest.WithNamespace(genericapirequest.NewContext(), accessor.GetNamespace())
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{
		APIGroup: gvk.Group, APIVersion: gvk.Version, Verb: "create",
	})
	var findings []string
	if strategy.NamespaceScoped() && accessor.GetNamespace() == "" {
		findings = append(findings, fmt.Sprintf("%s: has no namespace", result))
	}
	if created, err := meta.Accessor(internal); err == nil {
		rest.FillObjectMetaSystemFields(created)
	}
	if err := rest.BeforeCreate(strategy, ctx, internal); err != nil {
		findings = append(findings, fmt.Sprintf("%s: %v", result, err))
	}
	for _, warning := range strategy.WarningsOnCreate(ctx, internal) {
		findings = append(findings, fmt.Sprintf("%s: warning: %s", result, warning))
	}
	return result, findings
}
