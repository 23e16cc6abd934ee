// Assets gói giao diện: it bundles our own modules and stylesheet into web/static for old browsers and slow lines.
//
// There is nothing of a third party in the bundle, so it needs neither npm nor a network: esbuild comes as a Go module.
// Nothing is written when the result has not changed.
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// The first page may weigh 50 KB compressed with its HTML; these two files leave it more than half.
const most = 24 << 10

func main() {
	root := flag.String("root", ".", "thư mục gốc của kho mã")
	flag.Parse()
	if err := run(*root); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(root string) error {
	total := 0
	for _, b := range []struct{ from, to string }{
		{"web/assets/js/app.js", "web/static/app.js"},
		{"web/assets/app.css", "web/static/app.css"},
	} {
		made, err := bundle(filepath.Join(root, b.from))
		if err != nil {
			return fmt.Errorf("gói %s: %w", b.from, err)
		}
		changed, err := write(filepath.Join(root, b.to), made)
		if err != nil {
			return err
		}
		small := compressed(made)
		total += small
		note := "không đổi"
		if changed {
			note = "đã ghi"
		}
		fmt.Printf("%-20s %6.1f KB, nén %5.1f KB, %s\n", b.to, kb(len(made)), kb(small), note)
	}
	if total > most {
		return fmt.Errorf("hai tệp nén nặng %.1f KB, quá mức %.0f KB dành cho trang đầu: bớt mã trước khi gói", kb(total), kb(most))
	}
	return nil
}

// bundle answers one minified file for the browsers of old office machines (Chrome 88, Firefox 78 and later); its bytes depend on the sources only.
func bundle(entry string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Write:             false,
		Format:            api.FormatIIFE,
		Target:            api.ES2018,
		Engines:           []api.Engine{{Name: api.EngineChrome, Version: "88"}, {Name: api.EngineFirefox, Version: "78"}, {Name: api.EngineSafari, Version: "14.1"}},
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelSilent,
	})
	var all []error
	for _, m := range append(result.Errors, result.Warnings...) {
		where := ""
		if m.Location != nil {
			where = fmt.Sprintf("%s:%d: ", m.Location.File, m.Location.Line)
		}
		all = append(all, errors.New(where+m.Text))
	}
	if len(all) > 0 {
		return nil, errors.Join(all...)
	}
	return result.OutputFiles[0].Contents, nil
}

// write replaces the file as a whole, and only when its bytes differ, so that the Go build cache stays warm.
func write(path string, made []byte) (bool, error) {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, made) {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return false, err
	}
	beside := path + ".new"
	if err := os.WriteFile(beside, made, 0o644); err != nil {
		return false, err
	}
	return true, os.Rename(beside, path)
}

func compressed(b []byte) int {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	w.Write(b)
	w.Close()
	return out.Len()
}

func kb(n int) float64 { return float64(n) / 1024 }
