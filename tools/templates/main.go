// Command templates lays out the templates of pages: one element a line, nothing over 120 columns. It names the lines
// that are laid out otherwise (-check), or writes the files anew (-w).
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	write := flag.Bool("w", false, "ghi lại các mẫu trang theo đúng cách trình bày")
	check := flag.Bool("check", false, "chỉ nêu dòng chưa đúng")
	flag.Parse()
	if *write == *check {
		fmt.Fprintln(os.Stderr, "Cần đúng một trong hai: -w để trình bày lại, -check để kiểm.")
		os.Exit(2)
	}
	root := flag.Arg(0)
	if root == "" {
		root = "web/page"
	}
	faults, err := walk(root, *write)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if len(faults) > 0 {
		fmt.Fprintln(os.Stderr, strings.Join(faults, "\n"))
		fmt.Fprintln(os.Stderr, "Mẫu trang chưa đúng cách trình bày, hãy chạy: go run ./tools/templates -w")
		os.Exit(1)
	}
}

// walk formats every template under root, and answers what is wrong with those it may not write.
func walk(root string, write bool) (faults []string, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".html" {
			return err
		}
		was, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		is, err := Format(string(was))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if write && is != string(was) {
			return os.WriteFile(path, []byte(is), 0o644)
		}
		faults = append(faults, compare(path, string(was), is)...)
		return nil
	})
	return faults, err
}

// compare names the lines that are too long (no layout shortens some words), and the first that is laid out otherwise.
func compare(path, was, is string) (faults []string) {
	wants := strings.Split(is, "\n")
	told := was == is
	for i, have := range strings.Split(was, "\n") {
		if n := width(have); n > columns {
			faults = append(faults, fmt.Sprintf("%s:%d: dòng dài %d cột, quá %d", path, i+1, n, columns))
		}
		if !told && (i >= len(wants) || have != wants[i]) {
			told = true
			want := "không có gì"
			if i < len(wants) {
				want = strings.TrimSpace(wants[i])
			}
			faults = append(faults, fmt.Sprintf("%s:%d: mỗi dòng một phần tử; ở đây phải là: %s", path, i+1, want))
		}
	}
	if !told {
		faults = append(faults, fmt.Sprintf("%s:%d: thiếu dòng ở cuối", path, 1+strings.Count(was, "\n")))
	}
	return faults
}
