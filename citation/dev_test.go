package citation_test

import (
	"fmt"
	"os"
	"testing"

	"giaoban/citation"
	"giaoban/citation/citationtest"
)

func TestDevShow(t *testing.T) {
	var m []string
	for seed := int64(1); seed <= 5; seed++ {
		s := citationtest.Measure(citationtest.Generate(seed, 400), citation.Find)
		fmt.Println(seed, s)
		m = append(m, s.Misses...)
	}
	f, _ := os.Create("/tmp/citdev/misses.txt")
	for _, x := range m {
		fmt.Fprintln(f, x)
	}
	f.Close()
}
