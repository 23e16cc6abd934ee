// Package pattern keeps the patterns of readers uncompiled until a text is read: few starts of the program need any of
// them, and together they would take longer than the listening begins.
package pattern

import (
	"regexp"
	"sync"
)

// Of answers what compiles a pattern of package regexp when it is first asked for, and the same afterwards. Text is a
// constant, so that the tests compile each there is: one that is wrong would panic only where it is used.
func Of(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
