package signature

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Root is a certificate at the top of a chain that the administrator entered: who issued the certificates of signers is
// known by it. None comes with the program.
type Root struct {
	ID        db.ID      `db:"id"`
	SHA256    string     `db:"sha256"`
	PEM       string     `db:"pem"`
	At        db.Instant `db:"at"`
	By        string     `db:"by_name"`
	Reason    string     `db:"reason"` // why it was taken out again
	RemovedAt db.Instant `db:"removed_at"`
	RemovedBy string     `db:"removed_by"`

	Certificate *x509.Certificate `db:"-"`
}

// Holds reports whether the certificate was not taken out again.
func (r Root) Holds() bool { return r.RemovedAt == 0 }

// Name is whom the certificate is for.
func (r Root) Name() string { return nameOf(r.Certificate) }

func nameOf(c *x509.Certificate) string { return cmp.Or(c.Subject.CommonName, c.Subject.String()) }

// Fingerprint is the SHA-256 of the certificate as authorities print it, to be compared by eye.
func (r Root) Fingerprint() string { return Fingerprint(r.Certificate) }

// Fingerprint is the SHA-256 of a certificate, in pairs of digits.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	digits := strings.ToUpper(hex.EncodeToString(sum[:]))
	pairs := make([]string, 0, len(sum))
	for i := 0; i < len(digits); i += 2 {
		pairs = append(pairs, digits[i:i+2])
	}
	return strings.Join(pairs, ":")
}

// From and To are the days between which the certificate holds.
func (r Root) From() calendar.Date { return calendar.OfInstant(r.Certificate.NotBefore) }

// To is the last day.
func (r Root) To() calendar.Date { return calendar.OfInstant(r.Certificate.NotAfter) }

const (
	mostRoots     = 50
	mostRootBytes = 1 << 20
)

// ReadRoots reads the certificates of a file: one after the other as PEM, or a single one as DER.
func ReadRoots(file []byte) ([]*x509.Certificate, error) {
	if len(file) > mostRootBytes {
		return nil, fault.Invalid("pem", "Tệp lớn quá 1 MB; tệp chứng thư chỉ vài KB.")
	}
	var all []*x509.Certificate
	for rest := bytes.TrimSpace(file); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if block.Type != "CERTIFICATE" || err != nil {
			return nil, fault.Invalid("pem", "Tệp có phần không phải chứng thư số đọc được (%s).", block.Type)
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		c, err := x509.ParseCertificate(file)
		if err != nil {
			return nil, fault.Invalid("pem", "Không thấy chứng thư số nào. Chứng thư dạng PEM bắt đầu bằng dòng -----BEGIN CERTIFICATE-----.")
		}
		all = append(all, c)
	}
	if len(all) > mostRoots {
		return nil, fault.Invalid("pem", "Tệp có %d chứng thư; mỗi lần nạp nhiều nhất %d.", len(all), mostRoots)
	}
	for _, c := range all {
		if !c.IsCA || !c.BasicConstraintsValid {
			return nil, fault.Invalid("pem", "“%s” là chứng thư của người dùng, không phải của nơi cấp chứng thư; chỉ nạp chứng thư gốc hoặc chứng thư của nơi cấp.", nameOf(c))
		}
		if err := official.RefuseSecret(c.Subject.String()); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// AddRoots enters the certificates of a file; those that are there already are passed over.
func AddRoots(tx *db.Tx, by access.Actor, file []byte) (added []Root, err error) {
	if err := by.May(access.ManageSignatureRoots, by.Body); err != nil {
		return nil, err
	}
	certificates, err := ReadRoots(file)
	if err != nil {
		return nil, err
	}
	known, err := Roots(tx, by)
	if err != nil {
		return nil, err
	}
	for _, c := range certificates {
		sum := sha256.Sum256(c.Raw)
		r := Root{ID: tx.NewID(), SHA256: hex.EncodeToString(sum[:]), At: tx.Now(), By: by.Name, Certificate: c,
			PEM: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))}
		if slices.ContainsFunc(known, func(k Root) bool { return k.Holds() && k.SHA256 == r.SHA256 }) {
			continue
		}
		if _, err := tx.Exec("insert into signature_root (id, sha256, pem, at, by_actor, by_name) values (?, ?, ?, ?, ?, ?)",
			r.ID, r.SHA256, r.PEM, r.At, by.Key(), r.By); err != nil {
			return nil, err
		}
		if _, err := journal.Write(tx, by, "root_added", r.subject(by), journal.Details{"name": r.Name(), "sha256": r.SHA256}); err != nil {
			return nil, err
		}
		known, added = append(known, r), append(added, r)
	}
	if len(added) == 0 {
		return nil, fault.Conflict("Các chứng thư này đã được nạp từ trước.")
	}
	return added, nil
}

func (r Root) subject(by access.Actor) journal.Subject {
	return journal.Subject{Kind: "signature_root", ID: r.ID, Body: by.Body}
}

// RemoveRoot takes a certificate out: signatures that lead only to it are no longer trusted. That it was there stays.
func RemoveRoot(tx *db.Tx, by access.Actor, id db.ID, reason string) (Root, error) {
	r, err := rootOf(tx, by, id)
	if err != nil {
		return r, err
	}
	if !r.Holds() {
		return r, fault.Conflict("Chứng thư này đã được bỏ ngày %s.", calendar.OfInstant(r.RemovedAt.Time()).Vietnamese())
	}
	if r.Reason = fold.Tidy(reason); r.Reason == "" {
		return r, fault.Invalid("reason", "Cần lý do bỏ chứng thư.")
	}
	if err := official.RefuseSecret(r.Reason); err != nil {
		return r, err
	}
	r.RemovedAt, r.RemovedBy = tx.Now(), by.Name
	if _, err := tx.Exec("insert into signature_root_removal (root, reason, at, by_actor, by_name) values (?, ?, ?, ?, ?)",
		r.ID, r.Reason, r.RemovedAt, by.Key(), r.RemovedBy); err != nil {
		return r, err
	}
	_, err = journal.Write(tx, by, "root_removed", r.subject(by), journal.Details{"name": r.Name(), "sha256": r.SHA256, "reason": r.Reason})
	return r, err
}

// rootOf gives one certificate that was entered.
func rootOf(tx *db.Tx, by access.Actor, id db.ID) (Root, error) {
	all, err := Roots(tx, by)
	if err != nil {
		return Root{}, err
	}
	if at := slices.IndexFunc(all, func(r Root) bool { return r.ID == id }); at >= 0 {
		return all[at], nil
	}
	return Root{}, fault.Invalid("reason", "Không có chứng thư này. Xin tải lại trang Chứng thư gốc.")
}

// Roots lists all certificates that were entered, also those taken out again, the latest first.
func Roots(tx *db.Tx, by access.Actor) ([]Root, error) {
	if err := by.May(access.ManageSignatureRoots, by.Body); err != nil {
		return nil, err
	}
	return roots(tx)
}

func roots(tx *db.Tx) ([]Root, error) {
	var all []Root
	if err := tx.Select(&all, `
select r.id, r.sha256, r.pem, r.at, r.by_name, coalesce(x.reason, '') as reason, coalesce(x.at, 0) as removed_at,
	coalesce(x.by_name, '') as removed_by
from signature_root r
left join signature_root_removal x on x.root = r.id
order by r.id desc`); err != nil {
		return nil, err
	}
	for i := range all {
		block, _ := pem.Decode([]byte(all[i].PEM))
		if block == nil {
			return nil, errMessage
		}
		var err error
		if all[i].Certificate, err = x509.ParseCertificate(block.Bytes); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Entered are the certificates that hold, for whoever reads a signed file: they are nobody's secret.
func Entered(tx *db.Tx) ([]*x509.Certificate, error) {
	all, err := roots(tx)
	var out []*x509.Certificate
	for _, r := range all {
		if r.Holds() {
			out = append(out, r.Certificate)
		}
	}
	return out, err
}
