// Package spare lets the heap, a few megabytes at rest, grow further between collections: a report makes much garbage and
// keeps little, and a start makes tables of which nothing can be collected. It is ready before the libraries make theirs.
// The limit keeps the promise of 300 MB. GOGC and GOMEMLIMIT of the machine win.
package spare

import (
	"os"
	"runtime/debug"
)

// A variable and not a call from main: packages are made ready in the order of their paths, and this one must come before
// the libraries.
var _ = func() bool {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(200 << 20)
	}
	return true
}()
