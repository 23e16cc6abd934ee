package cli

import (
	"runtime/debug"
)

type version struct{}

func (version) Run(c *console) error {
	name, revision, changed := "(bản dựng tay)", "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" && info.Main.Version != "(devel)" {
			name = info.Main.Version
		}
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = " " + s.Value[:min(12, len(s.Value))]
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = " (có sửa)"
			}
		}
	}
	c.say("giaoban %s%s%s", name, revision, changed)
	return nil
}
