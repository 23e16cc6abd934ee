package cli

import (
	"context"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/signature"
)

type signatureRoots struct {
	Add    addSignatureRoots   `cmd:"" help:"Nạp các chứng thư gốc của một tệp PEM hoặc DER, in dấu vân tay để đối chiếu."`
	List   listSignatureRoots  `cmd:"" help:"Liệt kê các chứng thư gốc đã nạp, cả những chứng thư đã bỏ."`
	Remove removeSignatureRoot `cmd:"" help:"Bỏ một chứng thư gốc; điều đã ghi trước vẫn còn."`
}

type addSignatureRoots struct {
	place
	File string `arg:"" name:"tệp" help:"Tệp chứng thư." placeholder:"TỆP"`
}

func (a *addSignatureRoots) Run(ctx context.Context, c *console) error {
	file, err := readUpTo(a.File, 1<<20)
	if err != nil {
		return err
	}
	base, _, err := a.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer base.Close()
	var added []signature.Root
	if err := base.Write(ctx, func(tx *db.Tx) (err error) {
		added, err = signature.AddRoots(tx, byHand, file)
		return err
	}); err != nil {
		return err
	}
	for _, r := range added {
		c.say("Đã nạp chứng thư gốc:")
		c.rootSaid(r)
	}
	c.say("Hãy đối chiếu dấu vân tay với nơi cấp chứng thư qua một đường khác.")
	return nil
}

func (c *console) rootSaid(r signature.Root) {
	c.say("%s  (hạn %s–%s)\n  SHA-256 %s", r.Name(), r.From().Vietnamese(), r.To().Vietnamese(), r.Fingerprint())
	if !r.Holds() {
		c.say("  đã bỏ %s, %s: %s", r.RemovedAt.String(), r.RemovedBy, r.Reason)
	}
}

type listSignatureRoots struct{ place }

func (l *listSignatureRoots) Run(ctx context.Context, c *console) error {
	base, _, err := l.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer base.Close()
	var all []signature.Root
	if err := base.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = signature.Roots(tx, byHand)
		return err
	}); err != nil {
		return err
	}
	if len(all) == 0 {
		c.say("Chưa nạp chứng thư gốc nào.")
	}
	for _, r := range all {
		c.rootSaid(r)
	}
	return nil
}

type removeSignatureRoot struct {
	place
	SHA256 string `arg:"" name:"dấu-vân-tay" help:"SHA-256 của chứng thư, hoặc ít nhất 8 chữ số đầu." placeholder:"SHA-256"`
	Reason string `required:"" help:"Lý do bỏ." placeholder:"LÝ-DO"`
}

func (r *removeSignatureRoot) Run(ctx context.Context, c *console) error {
	base, _, err := r.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer base.Close()
	var removed signature.Root
	if err := base.Write(ctx, func(tx *db.Tx) error {
		root, err := r.find(tx)
		if err == nil {
			removed, err = signature.RemoveRoot(tx, byHand, root.ID, r.Reason)
		}
		return err
	}); err != nil {
		return err
	}
	c.say("Đã bỏ chứng thư gốc %s.", removed.Name())
	return nil
}

// find gives the certificate that holds and whose fingerprint begins so.
func (r *removeSignatureRoot) find(tx *db.Tx) (signature.Root, error) {
	typed := strings.ToLower(strings.ReplaceAll(r.SHA256, ":", ""))
	all, err := signature.Roots(tx, byHand)
	if err != nil {
		return signature.Root{}, err
	}
	var found []signature.Root
	for _, root := range all {
		if root.Holds() && len(typed) >= 8 && strings.HasPrefix(root.SHA256, typed) {
			found = append(found, root)
		}
	}
	if len(found) != 1 {
		return signature.Root{}, fault.Missing("Có %d chứng thư gốc mang dấu vân tay bắt đầu như vậy; giaoban signature-roots list in đủ dấu vân tay.", len(found))
	}
	return found[0], nil
}
