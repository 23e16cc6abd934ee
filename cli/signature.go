package cli

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/signature"
)

// signatures says of each digital signature of a PDF what can be said without the network.
type signatures struct {
	File  string   `arg:"" name:"tệp" help:"Tệp PDF đã ký số." placeholder:"TỆP"`
	JSON  bool     `name:"json" help:"In một mảng JSON, mỗi chữ ký một phần tử."`
	Roots []string `help:"Tệp chứng thư gốc (PEM hoặc DER); ghi nhiều lần nếu có nhiều." placeholder:"TỆP"`
	Data  string   `help:"Thư mục dữ liệu: dùng thêm các chứng thư gốc mà quản trị đã nạp ở đó." placeholder:"THƯ-MỤC"`
	DB    string   `name:"db" help:"Địa chỉ PostgreSQL thay cho giaoban.db." placeholder:"postgres://…"`
}

// signatureTime is how long one file may take.
const signatureTime = 30 * time.Second

func (s *signatures) Run(ctx context.Context, c *console) error {
	roots, err := s.roots(ctx)
	if err != nil {
		return err
	}
	file, err := readUpTo(s.File, signature.MostBytes)
	if err != nil {
		return err
	}
	limited, done := context.WithTimeout(ctx, signatureTime)
	defer done()
	found, err := signature.Read(limited, file, roots)
	if err != nil {
		return err
	}
	if s.JSON {
		err = c.signaturesJSON(found)
	} else {
		c.signaturesSaid(found)
	}
	if err == nil && signature.Broken(found) {
		return fault.Invalid("", "Tệp %s: có chữ ký hỏng hoặc có phần thêm sau chữ ký cuối.", s.File)
	}
	return err
}

// roots are the certificates of the files that were named, and those which the administrator entered.
func (s *signatures) roots(ctx context.Context) (roots []*x509.Certificate, err error) {
	for _, name := range s.Roots {
		text, err := readUpTo(name, 1<<20)
		if err != nil {
			return nil, err
		}
		some, err := signature.ReadRoots(text)
		if err != nil {
			return nil, fmt.Errorf("tệp %s: %w", name, err)
		}
		roots = append(roots, some...)
	}
	if s.Data == "" && s.DB == "" {
		return roots, nil
	}
	at := place{Data: s.Data, DB: s.DB}
	base, _, err := at.open(ctx, false, db.Config{})
	if err != nil {
		return nil, err
	}
	defer base.Close()
	err = base.Read(ctx, func(tx *db.Tx) error {
		entered, err := signature.Entered(tx)
		roots = append(roots, entered...)
		return err
	})
	return roots, err
}

// readUpTo reads a file that is no larger than it may be.
func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.Invalid("", "Tệp %s: không đọc được; hãy kiểm tra tên và quyền đọc.", name)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fault.Invalid("", "Tệp %s: không đọc được; hãy kiểm tra tên và quyền đọc.", name)
	}
	return body, nil
}

// signatureShape is one signature for other programs. The names are promised; null is what cannot be checked.
type signatureShape struct {
	Intact    *bool           `json:"intact"`
	WholeFile *bool           `json:"whole_file"`
	Signer    string          `json:"signer"`
	Chain     signature.Chain `json:"chain"`
	SignedAt  *string         `json:"signed_at"`
	Problem   string          `json:"problem"`
}

func (c *console) signaturesJSON(found []signature.Signature) error {
	shapes := make([]signatureShape, 0, len(found))
	for _, one := range found {
		shape := signatureShape{Intact: yesOrNo(one.Intact), WholeFile: yesOrNo(one.Whole), Signer: one.Signer, Chain: one.Chain, Problem: one.Problem()}
		if !one.At.IsZero() {
			at := one.At.Format(time.RFC3339)
			shape.SignedAt = &at
		}
		shapes = append(shapes, shape)
	}
	out := json.NewEncoder(c.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(shapes)
}

func yesOrNo(a signature.Answer) *bool {
	if a == signature.Unchecked {
		return nil
	}
	yes := a == signature.Yes
	return &yes
}

func (c *console) signaturesSaid(found []signature.Signature) {
	if len(found) == 0 {
		c.say("Tệp không có chữ ký số nào.")
		return
	}
	for i, one := range found {
		c.say("Chữ ký %d trên %d", i+1, len(found))
		for _, line := range one.Words() {
			c.say("  %s: %s", line.Name, line.Words)
		}
	}
	c.say("Không kiểm được ở đây: chứng thư có bị thu hồi, thẩm quyền của người ký, giá trị pháp lý. Xin dùng %s.", signature.Checker)
}
