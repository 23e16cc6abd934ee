package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

// lint holds a paper of anybody against a layout, with --data against the values that the office chose for the paper's day.
type lint struct {
	File    string `arg:"" name:"tệp" help:"Tệp .docx hoặc .odt." placeholder:"TỆP"`
	Profile string `required:"" help:"Thể thức: HD05, HD36 hoặc ND30." placeholder:"MÃ"`
	Data    string `help:"Thư mục dữ liệu: đối chiếu với giá trị cơ quan đã chọn, vào ngày của văn bản." placeholder:"THƯ-MỤC"`
	DB      string `name:"db" help:"Địa chỉ PostgreSQL thay cho giaoban.db trong --data." placeholder:"postgres://…"`
	JSON    bool   `name:"json" help:"In một mảng JSON, mỗi chỗ một phần tử {rule, place, mend}."`
}

// shortcoming is one finding for other programs; the names are promised.
type shortcoming struct {
	Rule  string `json:"rule"`
	Place string `json:"place"`
	Mend  string `json:"mend"`
}

func (k *lint) Run(ctx context.Context, c *console) error {
	profile, ok := official.ProfileByCode(strings.ToUpper(k.Profile))
	if !ok {
		return misuse{fmt.Sprintf("Thể thức “%s” không có; hãy chọn HD05, HD36 hoặc ND30.", k.Profile)}
	}
	content, err := readUpTo(k.File, official.MostLinted)
	if err != nil {
		return misuse{err.Error()}
	}
	// A file that cannot be read was not looked at, which is not the same as a fault in it.
	name := filepath.Base(k.File)
	looked, err := official.SecretMarkInFile(ctx, name, bytes.NewReader(content), int64(len(content)))
	if err == nil && looked.Level != "" {
		err = official.SecretError{Level: looked.Level}
	}
	if err != nil {
		return misuseOf(err)
	}
	var own official.LayoutOn
	if k.Data != "" || k.DB != "" {
		d, _, err := place{Data: k.Data, DB: k.DB}.open(ctx, false, db.Config{})
		if err != nil {
			return misuse{err.Error()}
		}
		defer d.Close()
		own = func(day official.Day) (p official.Profile, err error) {
			err = d.Read(ctx, func(tx *db.Tx) error {
				p, err = paper.OwnLayout(tx, profile.Code, day)
				return err
			})
			return p, err
		}
	}
	found, err := official.LintFile(ctx, name, content, profile, own)
	if err != nil {
		return misuseOf(err)
	}
	if err := c.shortcomings(found, k.JSON); err != nil || len(found) == 0 {
		return err
	}
	return fault.Invalid("", "Tệp %s: có %d chỗ cần xem lại theo %s.", k.File, len(found), profile.Name)
}

// misuseOf is a sentence for the person as a wrong use of the command; anything else stays what it is.
func misuseOf(err error) error {
	if fault.Of(err) == nil {
		return err
	}
	return misuse{err.Error()}
}

func (c *console) shortcomings(found []official.Finding, asJSON bool) error {
	all := make([]shortcoming, len(found))
	for i, f := range found {
		all[i] = shortcoming{f.Rule, f.Where, f.Sentence}
		if !asJSON {
			c.say("%s: %s [%s]", f.Where, f.Sentence, f.Rule)
		}
	}
	if !asJSON {
		if len(found) == 0 {
			c.say("Không thấy chỗ nào trái thể thức.")
		}
		return nil
	}
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(all)
}
