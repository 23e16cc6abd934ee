package signature_test

import (
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/sample/sampletest"
	"giaoban/signature"
	"giaoban/signature/signaturetest"
)

func TestOnlyTheAdministratorEntersRoots(t *testing.T) {
	office := signaturetest.NewOffice(t, leader)
	for _, e := range dbtest.Engines(t) {
		p := sampletest.Open(t, e, "2022-04-20 09:00")
		d := p.DB
		file := []byte(office.Root.PEM() + office.Root.PEM())
		var root signature.Root
		write := func(fn func(tx *db.Tx) error) {
			t.Helper()
			if err := d.Write(t.Context(), fn); err != nil {
				t.Fatal(err)
			}
		}
		write(func(tx *db.Tx) error {
			for _, who := range []struct {
				name string
				err  error
			}{{"officer", second(signature.AddRoots(tx, p.Officer, file))}, {"clerk", second(signature.AddRoots(tx, p.Clerk, file))},
				{"leader's list", second(signature.Roots(tx, p.Leader))}} {
				if !fault.Is(who.err, fault.KindForbidden) {
					t.Errorf("%s: %v", who.name, who.err)
				}
			}
			for name, wrong := range map[string]string{"words": "chứng thư", "a person's": office.Leader.PEM(),
				"a key": strings.ReplaceAll(office.Root.PEM(), "CERTIFICATE", "PRIVATE KEY")} {
				if _, err := signature.AddRoots(tx, p.Admin, []byte(wrong)); !fault.Is(err, fault.KindInvalid) {
					t.Errorf("%s: %v", name, err)
				}
			}
			added, err := signature.AddRoots(tx, p.Admin, file)
			if err != nil || len(added) != 1 {
				t.Fatalf("one certificate that stands twice in the file: %d, %v", len(added), err)
			}
			root = added[0]
			if _, err := signature.AddRoots(tx, p.Admin, office.Root.Certificate.Raw); !fault.Is(err, fault.KindConflict) {
				t.Errorf("the same as DER: %v", err)
			}
			return nil
		})
		signed := signaturetest.NewPaper("Giay moi").Sign(t, office.Leader, signaturetest.How{}).Bytes
		chain := func() (c signature.Chain) {
			write(func(tx *db.Tx) error {
				roots, err := signature.Entered(tx)
				c = readOne(t, signed, roots...).Chain
				return err
			})
			return c
		}
		if got := chain(); got != signature.Trusted {
			t.Errorf("a signature that leads to it is %s", got)
		}
		write(func(tx *db.Tx) error {
			if _, err := signature.RemoveRoot(tx, p.Admin, root.ID, " "); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("without a reason: %v", err)
			}
			_, err := signature.RemoveRoot(tx, p.Admin, root.ID, "Nhà cấp đã thay gốc")
			return err
		})
		if got := chain(); got != signature.Unknown {
			t.Errorf("once it is out the signature is %s", got)
		}
		write(func(tx *db.Tx) error {
			all, err := signature.Roots(tx, p.Admin)
			if err != nil || len(all) != 1 || all[0].Holds() || all[0].Reason != "Nhà cấp đã thay gốc" || all[0].Name() != "Gốc thử nghiệm" {
				t.Errorf("that it was there stays: %+v %v", all, err)
			}
			if len(root.Fingerprint()) != 95 || !strings.EqualFold(strings.ReplaceAll(root.Fingerprint(), ":", ""), root.SHA256) {
				t.Errorf("fingerprint %s of %s", root.Fingerprint(), root.SHA256)
			}
			if _, err := signature.RemoveRoot(tx, p.Admin, root.ID, "Lần nữa"); !fault.Is(err, fault.KindConflict) {
				t.Errorf("taken out twice: %v", err)
			}
			_, err = signature.AddRoots(tx, p.Admin, file) // and may be entered again
			return err
		})
	}
}

func second[T any](_ T, err error) error { return err }
