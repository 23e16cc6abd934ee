package web_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/web"
	"giaoban/web/browser"
)

// Every kind of field has its card, and every card, the lists and a conference of the past are valid HTML; those that show
// something the others do not fit 320 px and pass axe in light and in dark.
func TestPagesOfTheArchiveAreClean(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-03-16 14:00")
	feeding := archive.Feeding{Store: h.store, Door: "page",
		Read: func(fn func(tx *db.Tx, by access.Actor) error) error {
			return h.DB.Read(t.Context(), func(tx *db.Tx) error { return fn(tx, h.Officer) })
		},
		Write: func(fn func(tx *db.Tx, by access.Actor) error) error {
			return h.DB.WriteLong(t.Context(), func(tx *db.Tx) error { return fn(tx, h.Officer) })
		}}
	for _, name := range oldPages() {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := feeding.Take(t.Context(), filepath.Base(name), bytes.NewReader(content)); err != nil {
			t.Fatal(err)
		}
	}
	result, err := feeding.Finish()
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"/tu-lieu", web.Address("batch", result.Batch), "/giao-ban"}
	err = h.DB.Write(t.Context(), func(tx *db.Tx) error {
		shown := make(map[string]int) // of what is proposed, by what the page shows otherwise
		for n, l := range result.Lines {
			if n == 1 {
				if err := makeTask(tx, h, l.Import); err != nil {
					return err
				}
			}
			if n%2 == 0 {
				if _, _, err := archive.AcceptSure(tx, h.Officer, l.Import); err != nil {
					return err
				}
			}
			i, err := archive.Find(tx, h.Officer, l.Import)
			if err != nil {
				return err
			}
			fields, err := archive.Fields(tx, h.Officer, l.Import)
			if err != nil {
				return err
			}
			for _, f := range fields {
				as := fmt.Sprint(f.Kind, f.State == archive.Pending, f.MadeKind == "task")
				if shown[as]++; shown[as] == 1 {
					paths = append(paths, web.Address("import", i.ID)+"?phan="+string(f.ID))
				}
			}
			if shown["event"]++; i.Event != "" && shown["event"] <= 4 {
				paths = append(paths, web.Address("event", i.Event))
			}
			if n == 0 {
				for _, kind := range archive.FieldKinds {
					paths = append(paths, web.Address("import", i.ID)+"?them="+string(kind))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	v := h.visitor(t, h.Officer)
	markup := make(map[string]string)
	var pages []seen
	for _, path := range paths {
		body, _, status, at := v.read(path)
		if status != 200 {
			t.Errorf("%s answers %d", path, status)
		}
		markup[path] = body
		pages = append(pages, seen{"khoagiao", "", at, body})
	}
	for _, found := range browser.HTMLValidate(t, markup) {
		t.Error(found)
	}
	read := len(pages)
	pages = showing(t, pages)
	look(t, browser.Start(t), h, "khoagiao", pages)
	t.Logf("%d pages read, %d looked at", read, len(pages))
}

// makeTask turns the first conclusion of a file into a task.
func makeTask(tx *db.Tx, h *house, file db.ID) error {
	fields, err := archive.Fields(tx, h.Officer, file)
	if err != nil {
		return err
	}
	for _, f := range fields {
		if f.Kind == archive.ConclusionField {
			v := f.Value
			v.Task, v.Lead, v.Product, v.Due = true, "SYT", "Kế hoạch đã ban hành", "30/6/2022"
			_, err := archive.Accept(tx, h.Officer, f.ID, f.Version, v, archive.Choice{})
			return err
		}
	}
	return nil
}
