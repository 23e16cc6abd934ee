package paper

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/official"
)

// MayAttachScan reports whether the actor may attach the signed original now: the clerk, or who writes the papers.
func (p Paper) MayAttachScan(by access.Actor) bool {
	return (p.State != Drafted || p.Secretary != "") && p.State != Withdrawn && p.attaches(by) == nil
}

func (p Paper) attaches(by access.Actor) error {
	if by.Can(access.NumberPaper, p.Body) {
		return nil
	}
	return by.May(access.DraftPaper, p.Body)
}

// AttachScan notes the file of the paper as it was really signed: from then on it is the original. differs says where it
// is not what the program keeps. On a draft of minutes the scan bears the signatures, so version is the one that was read;
// it is not asked of a paper that is signed.
func AttachScan(tx *db.Tx, by access.Actor, id, file db.ID, version int64, differs string) (Paper, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.attaches(by); err != nil {
		return Paper{}, err
	}
	if p.State == Drafted && p.Secretary == "" || p.State == Withdrawn {
		return Paper{}, fault.Conflict("Chỉ đính kèm bản ký của văn bản đã ký và chưa rút.")
	}
	if p.State == Drafted && version != p.Version {
		return Paper{}, fault.Stale("Biên bản đã được sửa sau bản đồng chí đọc (nay là bản %d). Xin đọc lại bản đang hiện; nếu bản giấy đã ký đúng lời này thì đính lại.", p.Version)
	}
	if file == "" {
		return Paper{}, fault.Invalid("file", "Hãy chọn tệp bản ký.")
	}
	f, err := library.Find(tx, by, file)
	if err != nil {
		return Paper{}, err
	}
	if f.Kind != files.PDF && f.Kind != files.PNG && f.Kind != files.JPEG {
		return Paper{}, fault.Invalid("file", "Bản ký là tệp PDF đã ký số, hoặc bản quét (PDF, ảnh PNG, JPEG); tệp “%s” không phải.", f.Name)
	}
	differs = fold.Tidy(differs)
	if err := official.RefuseSecret(differs); err != nil {
		return Paper{}, err
	}
	if p.State == Drafted {
		if p, err = p.signedOnPaper(tx, by); err != nil {
			return Paper{}, err
		}
	}
	if _, err := tx.Exec(`
insert into paper_scan (paper, file, differs, at, by_actor, by_name) values (?, ?, ?, ?, ?, ?)
on conflict (paper) do update
set file = excluded.file, differs = excluded.differs, at = excluded.at, by_actor = excluded.by_actor, by_name = excluded.by_name`,
		p.ID, file, differs, tx.Now(), by.Key(), by.Name); err != nil {
		return Paper{}, err
	}
	p.Scan, p.ScanDiffers = file, differs
	_, err = journal.Write(tx, by, "scan_attached", subject(p),
		journal.Details{"file": string(file), "name": f.Name, "sha256": f.SHA256, "differs": p.ScanDiffers})
	return p, err
}

// Scanned gives the signed original of a paper: who reads the paper reads it.
func Scanned(tx *db.Tx, by access.Actor, id db.ID) (library.File, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return library.File{}, err
	}
	if p.Scan == "" {
		return library.File{}, fault.Missing("Văn bản này chưa có bản gốc đã ký đính kèm.")
	}
	return library.Find(tx, access.System("mở bản gốc của văn bản"), p.Scan)
}
