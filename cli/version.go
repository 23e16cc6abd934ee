package cli

import (
	"runtime/debug"
)

type version struct{}

func (version) Run(c *console) error {
	c.say("giaoban %s", programVersion())
	return nil
}

// programVersion is how this program was built.
func programVersion() string {
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
	return name + revision + changed
}
