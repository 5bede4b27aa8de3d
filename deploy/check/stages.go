package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// A step that changes files or what later steps see. Which fields are set depends on the kind.
type step struct {
	Kind    string            `json:"kind"`
	Line    int               `json:"line"`
	Command string            `json:"command,omitempty"`
	From    string            `json:"from,omitempty"`
	Sources []string          `json:"sources,omitempty"`
	Target  string            `json:"target,omitempty"`
	Env     map[string]string `json:"env,omitempty"`
}

type stageReport struct {
	Name  string `json:"name"`
	Base  string `json:"base"`
	Steps []step `json:"steps"`
}

// stageReader follows the variables of one stage, as a build expands them.
type stageReader struct {
	lex *shell.Lex
	env map[string]string
}

// readStages lists each stage's steps with their variables expanded. A step that a plain shell and a copy
// could not stand for is a finding: the caller performs all of them or none.
func readStages(text []byte) ([]stageReport, []string, error) {
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, nil, err
	}
	stages, globals, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		return nil, nil, err
	}
	arguments := map[string]string{}
	for _, global := range globals {
		collectArguments(arguments, nil, global.Args)
	}
	var reports []stageReport
	var findings []string
	environments := map[string]map[string]string{}
	for _, stage := range stages {
		reader := stageReader{lex: shell.NewLex(parsed.EscapeToken), env: map[string]string{}}
		for name, value := range environments[stage.BaseName] {
			reader.env[name] = value
		}
		base, _, err := reader.lex.ProcessWord(stage.BaseName, shell.EnvsFromSlice(pairs(arguments)))
		if err != nil {
			return nil, nil, err
		}
		report := stageReport{Name: stage.Name, Base: base, Steps: []step{}}
		for _, command := range stage.Commands {
			next, problem := reader.read(command, arguments)
			if problem != "" {
				findings = append(findings, fmt.Sprintf("line %d: %s", lineOf(command), problem))
			}
			if next != nil {
				report.Steps = append(report.Steps, *next)
			}
		}
		environments[stage.Name] = reader.env
		reports = append(reports, report)
	}
	return reports, findings, nil
}

func (r *stageReader) read(command instructions.Command, arguments map[string]string) (*step, string) {
	if expandable, ok := command.(instructions.SupportsSingleWordExpansion); ok {
		err := expandable.Expand(func(word string) (string, error) {
			expanded, _, err := r.lex.ProcessWord(word, shell.EnvsFromSlice(pairs(r.env)))
			return expanded, err
		})
		if err != nil {
			return nil, err.Error()
		}
	}
	line := lineOf(command)
	switch c := command.(type) {
	case *instructions.EnvCommand:
		set := map[string]string{}
		for _, pair := range c.Env {
			r.env[pair.Key] = pair.Value
			set[pair.Key] = pair.Value
		}
		return &step{Kind: "env", Line: line, Env: set}, ""
	case *instructions.ArgCommand:
		set := map[string]string{}
		collectArguments(set, arguments, c.Args)
		for name, value := range set {
			r.env[name] = value
		}
		return &step{Kind: "env", Line: line, Env: set}, ""
	case *instructions.WorkdirCommand:
		return &step{Kind: "workdir", Line: line, Target: c.Path}, ""
	case *instructions.RunCommand:
		return readRun(c, line)
	case *instructions.CopyCommand:
		return readCopy(c, line)
	case *instructions.UserCommand, *instructions.LabelCommand, *instructions.ExposeCommand,
		*instructions.CmdCommand, *instructions.EntrypointCommand, *instructions.HealthCheckCommand,
		*instructions.StopSignalCommand:
		return nil, ""
	}
	return nil, fmt.Sprintf("%s is nothing that this check can perform", command.Name())
}

func readRun(command *instructions.RunCommand, line int) (*step, string) {
	for _, mount := range instructions.GetMounts(command) {
		if mount.Type != instructions.MountTypeCache {
			return nil, fmt.Sprintf("a %s mount is nothing that this check can perform", mount.Type)
		}
	}
	if !command.PrependShell || len(command.CmdLine) != 1 || len(command.Files) > 0 {
		return nil, "only the shell form of RUN, without a here-document, can be performed by this check"
	}
	return &step{Kind: "run", Line: line, Command: command.CmdLine[0]}, ""
}

func readCopy(command *instructions.CopyCommand, line int) (*step, string) {
	if command.Chown != "" || command.Chmod != "" || command.Parents ||
		len(command.ExcludePatterns) > 0 || len(command.SourceContents) > 0 {
		return nil, "only COPY with --from and --link can be performed by this check"
	}
	for _, source := range command.SourcePaths {
		if strings.ContainsAny(source, "*?[") {
			return nil, "COPY with a pattern can not be performed by this check; name the files"
		}
	}
	return &step{Kind: "copy", Line: line, From: command.From, Sources: command.SourcePaths, Target: command.DestPath}, ""
}

// collectArguments notes each argument's default; one without takes the value of the same global argument.
func collectArguments(into, globals map[string]string, arguments []instructions.KeyValuePairOptional) {
	for _, argument := range arguments {
		if argument.Value != nil {
			into[argument.Key] = *argument.Value
		} else if value, known := globals[argument.Key]; known {
			into[argument.Key] = value
		}
	}
}

func pairs(values map[string]string) []string {
	var result []string
	for name, value := range values {
		result = append(result, name+"="+value)
	}
	return result
}

func lineOf(command instructions.Command) int {
	if location := command.Location(); len(location) > 0 {
		return location[0].Start.Line
	}
	return 0
}
