package main

import (
	"bufio"
	"os"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// listContext keeps those paths from standard input (each ended by a zero byte) that the ignore file lets
// into a build, by the same code as a build.
func listContext(args []string) (any, []string, error) {
	file, err := oneFile(args)
	if err != nil {
		return nil, nil, err
	}
	opened, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer opened.Close()
	patterns, err := ignorefile.ReadAll(opened)
	if err != nil {
		return nil, nil, err
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		return nil, nil, err
	}
	kept := []string{}
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Split(splitAtZero)
	for scanner.Scan() {
		ignored, err := matcher.MatchesOrParentMatches(scanner.Text())
		if err != nil {
			return nil, nil, err
		}
		if !ignored {
			kept = append(kept, scanner.Text())
		}
	}
	return kept, nil, scanner.Err()
}

func splitAtZero(data []byte, atEnd bool) (int, []byte, error) {
	for index, value := range data {
		if value == 0 {
			return index + 1, data[:index], nil
		}
	}
	if atEnd && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}
