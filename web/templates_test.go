package web

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"giaoban/web/browser"
)

// executed are the templates that some test of this package has shown.
var executed sync.Map

func init() { shown = func(name string) { executed.Store(name, true) } }

// A template that no test ever shows is a page that nobody has seen working. Only a whole run can tell.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f.Value.String() == f.DefValue { // a walk in the browser waits as long as it works
		f.Value.Set(strconv.Itoa(2 * runtime.GOMAXPROCS(0)))
	}
	code := m.Run()
	browser.Close()
	if code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" {
		for _, name := range templateNames() {
			if _, ok := executed.Load(name); !ok {
				fmt.Printf("--- FAIL: page/%s.html was never shown by any test\n", name)
				code = 1
			}
		}
	}
	os.Exit(code)
}

func templateNames() (names []string) {
	files, err := fs.Glob(pageFiles, "page/*/*.html")
	if err != nil {
		panic(err)
	}
	for _, name := range files {
		if name = strings.TrimSuffix(strings.TrimPrefix(name, "page/"), ".html"); !strings.Contains(name, "/_") {
			names = append(names, name)
		}
	}
	return names
}
