package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"giaoban/internal/fault"
	"giaoban/official"
)

// lint holds a paper of anybody against a layout.
type lint struct {
	File    string `arg:"" name:"tệp" help:"Tệp .docx hoặc .odt." placeholder:"TỆP"`
	Profile string `required:"" help:"Thể thức: HD05, HD36 hoặc ND30." placeholder:"MÃ"`
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
	found, err := official.LintFile(ctx, name, content, profile)
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
