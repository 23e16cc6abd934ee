package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"giaoban/archive"
	"giaoban/document"
	"giaoban/internal/fault"
	"giaoban/official"
)

type importFiles struct {
	place
	Paths  []string `arg:"" name:"tệp" help:"Tệp .txt, .html, .docx, .pdf, hoặc thư mục chứa chúng."`
	NoMark bool     `name:"no-mark" help:"Đã xem từng trang ảnh, bản quét trong các tệp: không có dấu mật. Được ghi vào nhật ký."`
	JSON   bool     `name:"json" help:"Chỉ in những gì đọc được, mỗi tệp một dòng JSON; không ghi vào cơ sở dữ liệu."`
}

func (k *importFiles) Run(ctx context.Context, c *console) error {
	names, broken := filesOf(k.Paths)
	for _, err := range broken {
		c.note("%v", err)
	}
	if len(names) == 0 && len(broken) == 0 {
		return fault.Invalid("", "Không có tệp .txt, .html, .docx hay .pdf nào ở đó. Hãy chỉ đúng tệp hoặc thư mục.")
	}
	if !k.JSON {
		return k.enter(ctx, c, names, len(broken))
	}
	failures := len(broken)
	bar := c.progress("Đọc tư liệu")
	for i, name := range names {
		if ctx.Err() != nil {
			bar.end()
			return ctx.Err()
		}
		line, err := proposalLine(name)
		if err != nil {
			failures++
			bar.end()
			c.note("%s: %v", name, err)
		} else {
			fmt.Fprintf(c.out, "%s\n", line)
		}
		bar.to(int64(i+1), int64(len(names)))
	}
	bar.end()
	if failures > 0 {
		return fault.Invalid("", "%d tệp không đọc được, đã đọc %d tệp; xem từng câu ở trên.", failures, len(names)+len(broken)-failures)
	}
	return nil
}

// proposalLine reads one file as the record is read, papers with a mark of secrecy refused first, and gives it as JSON.
func proposalLine(name string) ([]byte, error) {
	content, err := readBounded(name)
	if err != nil {
		return nil, err
	}
	got, err := official.SecretMarkInFile(context.Background(), filepath.Base(name), bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	if got.Level != "" {
		return nil, official.SecretError{Level: got.Level}
	}
	proposal, err := archive.Read(context.Background(), filepath.Base(name), content, nil)
	if err != nil {
		return nil, err
	}
	proposal.File = name
	var line bytes.Buffer
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	if err := e.Encode(proposal); err != nil {
		return nil, err
	}
	return bytes.TrimRight(line.Bytes(), "\n"), nil
}

func readBounded(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.Invalid("", "Không mở được tệp; hãy kiểm tra tên và quyền đọc.")
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, document.MostBytes+1))
	if err != nil {
		return nil, fault.Invalid("", "Không đọc được tệp; hãy kiểm tra ổ đĩa và quyền đọc.")
	}
	if len(content) > document.MostBytes {
		return nil, fault.TooLarge("", "Tệp lớn quá %d MB. Hãy tách tệp hoặc bỏ bớt ảnh.", document.MostBytes>>20)
	}
	return content, nil
}

// filesOf lists the files named, and those in the folders named, in the order of their names. Links out of a folder are
// not followed. A file that is named is tried whatever its ending; in a folder only what can be read counts.
func filesOf(paths []string) (names []string, broken []error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			broken = append(broken, fmt.Errorf("%s: không thấy tệp hay thư mục này; hãy kiểm tra tên", path))
			continue
		}
		if !info.IsDir() {
			names = append(names, path)
			continue
		}
		err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				broken = append(broken, fmt.Errorf("%s: không đọc được thư mục; hãy kiểm tra quyền", name))
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.Type().IsRegular() && document.Readable(name) {
				names = append(names, name)
			}
			return nil
		})
		if err != nil {
			broken = append(broken, err)
		}
	}
	return names, broken
}
