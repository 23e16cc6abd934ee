package web_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
)

func init() {
	maps.Copy(authority, map[string]route{
		"GET /tu-lieu":                        {acts: []access.Act{access.ImportArchive}, queries: []string{"?tim=khoa+giao", "?trang-thai=unseen&loai=briefing&nam=2019", "?sau=2030-01-01~"}},
		"POST /tu-lieu":                       on("", access.ImportArchive),
		"GET /tu-lieu/dot/{batch}":            on("batch", access.ImportArchive),
		"GET /tu-lieu/hoi-nghi/{event}":       on("past", access.ReadBriefing),
		"GET /tu-lieu/{import}":               {acts: []access.Act{access.ImportArchive}, of: "import", queries: []string{"?them=citation", "?phan=khong-co"}},
		"POST /tu-lieu/{import}":              with("import", "act=bo.khong-co.0", access.ImportArchive),
		"POST /tu-lieu/{import}/them":         with("import", "kind=result&text=Một+kết+quả", access.ImportArchive),
		"POST /tu-lieu/{import}/phan/{field}": with("import", "act=bo&version=9", access.ImportArchive),
	})
}

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
	w.objects["import"] = []object{{about: "tư liệu", path: map[string]string{"import": string(file), "field": string(fields[0].ID)}, org: i.Org,
		secrets: []string{string(file), i.Title}}}
	w.add("batch", "batch", result.Batch, "đợt nhập", i.Org)
	w.add("past", "event", i.Event, "hội nghị đã qua", i.Org)
	return nil
}
