package consolidation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/paper"
)

// Sign freezes the report that was put forward: words, origins and figures are kept as they are now, and its paper is signed
// with exactly that text. Acceptances and returns that come later do not alter it; ChangesSince lists them.
func Sign(tx *db.Tx, by access.Actor, id db.ID, version int64, s paper.Signature) (Consolidation, error) {
	e, err := editAs(tx, by, access.SignConsolidation, id, version)
	if err != nil {
		return Consolidation{}, err
	}
	if err := e.awaitsSignature(); err != nil {
		return Consolidation{}, err
	}
	c, err := read(tx, by, e.row)
	if err != nil {
		return Consolidation{}, err
	}
	if c.Issuer != "" {
		return Consolidation{}, fault.Conflict("Báo cáo này do %s ban hành. Xin tải bản Word để trình; ban hành rồi thì ghi số ở trang sơ kết, tổng kết, mục Ghi hoàn thành.", c.Issuer)
	}
	content := c.content()
	s.Content, s.Version = &content, 0
	if _, err := paper.Sign(tx, by, c.Paper, s); err != nil {
		return Consolidation{}, err
	}
	to, err := c.addressed(tx, by)
	if err != nil {
		return Consolidation{}, err
	}
	if err := paper.Address(tx, by, c.Paper, to); err != nil {
		return Consolidation{}, err
	}
	frozen, err := json.Marshal(c)
	if err != nil {
		return Consolidation{}, err
	}
	sum := sha256.Sum256(frozen)
	hash := hex.EncodeToString(sum[:])
	c.SignedAt, c.SignedBy = tx.Now(), by.Name
	if _, err := tx.Exec(`
insert into consolidation_signing (consolidation, at, by_actor, by_name, frozen, sha256) values (?, ?, ?, ?, ?, ?)`,
		c.ID, c.SignedAt, by.Key(), by.Name, string(frozen), hash); err != nil {
		return Consolidation{}, err
	}
	_, err = journal.Write(tx, by, "signed", c.subject(), journal.Details{"sha256": hash, "paper": string(c.Paper)})
	return c, err
}

// SignPaper refuses the paper of a consolidation alone: with the signature the figures are fixed too, which Sign does.
func SignPaper(_ *db.Tx, by access.Actor, p paper.Paper, _ paper.Signature) (paper.Paper, error) {
	if err := by.May(access.SignPaper, p.Body); err != nil {
		return p, err
	}
	return p, fault.Conflict("Báo cáo tổng hợp được ký ở trang Tổng hợp, nơi đang giữ nội dung.")
}
