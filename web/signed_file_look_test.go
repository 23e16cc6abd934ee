package web_test

import (
	"bytes"
	"testing"

	"giaoban/internal/db"
	"giaoban/library"
	"giaoban/paper"
	"giaoban/signature"
	"giaoban/signature/signaturetest"
	"giaoban/web/browser"
)

// The signed original and the administrator's roots, as people see them.
func TestTheSignedOriginalIsLookedAt(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	l := watch(t, "2022-04-20 09:00")
	h := l.house
	released, _, _ := h.papersToAttach(t)
	office := signaturetest.NewOffice(t, "Người Khác Hẳn")
	file := signaturetest.NewPaper("Thong bao").Sign(t, office.Leader, signaturetest.How{}).Sign(t, office.Leader, signaturetest.How{}).Bytes
	h.do(t, func(tx *db.Tx) error {
		stored, err := h.store.Keep(bytes.NewReader(append(file, '\n')), 1<<20)
		if err != nil {
			return err
		}
		f, err := library.Add(tx, h.Clerk, released.Body, stored, "thông báo đã ký.pdf")
		if err != nil {
			return err
		}
		if _, err := signature.AddRoots(tx, h.Admin, []byte(office.Root.PEM())); err != nil {
			return err
		}
		_, err = paper.AttachScan(tx, h.Clerk, released.ID, f.ID, 0, "Số và ngày viết tay")
		return err
	})
	clerk := l.sit(h.Clerk)
	clerk.Open(l.url + "/van-ban/" + string(released.ID))
	clerk.WaitFor("#ban-goc", "Bản gốc đã ký")
	l.judge(clerk, "ban-goc-da-ky")
	admin := l.sit(h.Admin)
	admin.Open(l.url + "/thiet-lap/chung-thu-goc")
	admin.WaitFor("main", "Gốc thử nghiệm")
	l.judge(admin, "chung-thu-goc")
}
