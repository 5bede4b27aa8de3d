// Command deploy-check reads deployment files as the tools that will use them do, and reports what those
// tools would refuse. It needs no Docker engine, no cluster and no network.
//
//	deploy-check compose FILE           validates a compose file; prints its services as JSON
//	deploy-check dockerfile FILE        lints a Dockerfile; prints its stages and steps as JSON
//	deploy-check context IGNORE_FILE    copies those paths from standard input that a build would be sent
//	deploy-check manifests [SECRET...]  validates Kubernetes manifests from standard input; prints the
//	                                    containers' commands and ports as JSON. A SECRET exists already.
//
// Findings go to standard error, one a line, and make the exit status 1.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

const usage = "usage: deploy-check compose FILE | dockerfile FILE | context IGNORE_FILE | manifests [SECRET...]"

// A check returns what it read, for the caller to print, and its findings.
type check func(args []string) (result any, findings []string, err error)

var checks = map[string]check{
	"compose":    checkCompose,
	"dockerfile": checkDockerfile,
	"context":    listContext,
	"manifests":  checkManifests,
}

func main() {
	if len(os.Args) < 2 || checks[os.Args[1]] == nil {
		fail(usage)
	}
	result, findings, err := checks[os.Args[1]](os.Args[2:])
	if err != nil {
		fail(err.Error())
	}
	if len(findings) > 0 {
		fail(findings...)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fail(err.Error())
	}
}

func fail(lines ...string) {
	for _, line := range lines {
		fmt.Fprintln(os.Stderr, line)
	}
	os.Exit(1)
}

func oneFile(args []string) (string, error) {
	if len(args) != 1 {
		return "", fmt.Errorf(usage)
	}
	return args[0], nil
}
