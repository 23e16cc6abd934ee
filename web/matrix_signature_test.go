package web_test

import (
	"strings"

	"giaoban/internal/db"
	"giaoban/library"
	"giaoban/paper"
)

// originals attaches to every paper that went out the file that was signed.
func (w *world) originals(tx *db.Tx) error {
	for _, o := range w.objects["paper-released"] {
		stored, err := w.store.Keep(strings.NewReader("%PDF-1.4\n% bản gốc "+o.path["id"]+"\n%%EOF\n"), 1<<20)
		if err != nil {
			return err
		}
		f, err := library.Add(tx, w.Clerk, o.org, stored, "ban goc.pdf")
		if err != nil {
			return err
		}
		if _, err := paper.AttachScan(tx, w.Clerk, db.ID(o.path["id"]), f.ID, 0, ""); err != nil {
			return err
		}
		w.objects["paper-scanned"] = append(w.objects["paper-scanned"], o)
	}
	return nil
}
