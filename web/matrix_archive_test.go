package web_test

import (
	"bytes"
	"os"
	"path/filepath"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
)

// oldPages are our own five old files.
func oldPages() []string {
	names, _ := filepath.Glob("../archive/testdata/keep/*")
	return names
}

// archived brings one old file in, with a conference that follows from it. All of it is the commission's.
func (w *world) archived(tx *db.Tx) error {
	name := oldPages()[1]
	content, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	system := access.System("thử thẩm quyền")
	feeding := archive.Feeding{Store: w.store, Door: "command", Found: 1,
		Read:  func(fn func(tx *db.Tx, by access.Actor) error) error { return fn(tx, system) },
		Write: func(fn func(tx *db.Tx, by access.Actor) error) error { return fn(tx, system) }}
	if err := feeding.Take(w.t.Context(), filepath.Base(name), bytes.NewReader(content)); err != nil {
		return err
	}
	result, err := feeding.Finish()
	if err != nil {
		return err
	}
	file := result.Lines[0].Import
	if _, _, err := archive.AcceptSure(tx, system, file); err != nil {
		return err
	}
	i, err := archive.Find(tx, system, file)
	if err != nil {
		return err
	}
	fields, err := archive.Fields(tx, system, file)
	if err != nil {
		return err
	}
	w.objects["import"] = []object{{about: "tư liệu", path: map[string]string{"import": string(file), "field": string(fields[0].ID)}, org: i.Body,
		secrets: []string{string(file), i.Title}}}
	w.add("batch", "batch", result.Batch, "đợt nhập", i.Body)
	w.add("past", "event", i.Event, "hội nghị đã qua", i.Body)
	return nil
}
