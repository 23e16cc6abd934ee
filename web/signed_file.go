package web

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/internal/fold"
	"giaoban/library"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/signature"
)

// signedFile is the original of a paper or report, and what its digital signatures say.
type signedFile struct {
	library.File
	URL        string
	PDF        bool
	Signatures [][4]signature.Line
	Trouble    string // why the signatures were not looked at
	Other      string // the names on the certificates, where none is the signer's
	Signer     string // as the record says
	Checker    string
}

func (s *site) signedPaper(tx *db.Tx, by access.Actor, p paper.Paper) (*signedFile, error) {
	f, err := paper.Scanned(tx, by, p.ID)
	if err != nil {
		return nil, err
	}
	return s.lookAtSigned(tx, f, "/van-ban/"+string(p.ID)+"/ban-ky", p.Signer)
}

// signedReport is the signed original of a report; nil when there is none for these eyes.
func (s *site) signedReport(tx *db.Tx, by access.Actor, sub report.Submission) (*signedFile, error) {
	if sub.Original.File == "" {
		return nil, nil
	}
	found, err := library.Among(tx, by, []db.ID{sub.Original.File})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return s.lookAtSigned(tx, found[0], address("file", found[0].ID), sub.Original.Signer)
}

// lookAtSigned reads the signatures from the bytes that are kept, each time anew: nobody's word about them is stored.
func (s *site) lookAtSigned(tx *db.Tx, f library.File, url, signer string) (*signedFile, error) {
	one := &signedFile{File: f, URL: url, PDF: f.Kind == files.PDF, Signer: signer, Checker: signature.Checker}
	if !one.PDF {
		return one, nil
	}
	roots, err := signature.Entered(tx)
	if err != nil {
		return nil, err
	}
	found, err := s.signed.of(tx.Context(), f, roots, func() (io.ReadCloser, error) { return s.Files.Reader(f.SHA256) })
	if tx.Context().Err() != nil {
		return nil, tx.Context().Err()
	}
	if err != nil {
		one.Trouble = "Chưa kiểm được chữ ký số của tệp lúc này. Xin mở lại trang sau ít phút."
		if told := fault.Of(err); told != nil {
			one.Trouble = told.Error()
		} else {
			slog.Warn("signatures", "file", f.ID, "error", err)
		}
		return one, nil
	}
	var names []string
	same := signer == ""
	for _, sign := range found {
		one.Signatures = append(one.Signatures, sign.Words())
		if sign.Signer != "" && !slices.Contains(names, sign.Signer) {
			names = append(names, sign.Signer)
		}
		if sign.Signer != "" {
			same = same || strings.Contains(" "+fold.Fold(sign.Signer)+" ", " "+fold.Fold(signer)+" ")
		}
	}
	if !same {
		one.Other = strings.Join(names, ", ")
	}
	return one, nil
}

// signatureCache keeps for a while what was read of a file's signatures: by its bytes, and by the certificates that held.
type signatureCache struct {
	mu    sync.Mutex
	known map[string][]signature.Signature
}

const (
	mostSignedKnown = 256
	signedPatience  = 10 * time.Second
)

// signedTurn lets one file be read at a time: with its copies it takes some hundred megabytes.
var signedTurn = make(chan struct{}, 1)

var errStoreDiffers = fault.Conflict("Nội dung tệp trong kho không còn khớp mã băm đã ghi khi nhận; xin báo quản trị chạy giaoban verify.")

func (c *signatureCache) of(ctx context.Context, f library.File, roots []*x509.Certificate, open func() (io.ReadCloser, error)) ([]signature.Signature, error) {
	key := sha256.New()
	io.WriteString(key, f.SHA256)
	for _, root := range roots {
		key.Write(root.Raw)
	}
	name := hex.EncodeToString(key.Sum(nil))
	c.mu.Lock()
	found, ok := c.known[name]
	c.mu.Unlock()
	if ok {
		return found, nil
	}
	limited, cancel := context.WithTimeout(ctx, signedPatience)
	defer cancel()
	select {
	case signedTurn <- struct{}{}:
		defer func() { <-signedTurn }()
	case <-limited.Done():
		return nil, limited.Err()
	}
	body, err := open()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	bytes, err := io.ReadAll(io.LimitReader(body, signature.MostBytes+1))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(bytes); len(bytes) <= signature.MostBytes && hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, errStoreDiffers
	}
	if found, err = signature.Read(limited, bytes, roots); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= mostSignedKnown {
		c.known = make(map[string][]signature.Signature)
	}
	c.known[name] = found
	return found, nil
}

func (s *site) downloadSigned(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, err := paper.Scanned(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Download: &Download{Name: f.Name, Type: f.Kind, Open: func() (io.ReadCloser, error) { return s.Files.Reader(f.SHA256) }}}, nil
}

func (s *site) attachSigned(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
	return s.step(tx, by, r, paperData{Differs: r.FormValue("differs")}, func(p paper.Paper) error {
		if err := refusedUpload(r); err != nil {
			return err
		}
		sent := s.uploads(r, "file")
		if len(sent) > 1 {
			return fault.Invalid("file", "Mỗi văn bản có một bản gốc đã ký; xin chọn một tệp.")
		}
		var file db.ID
		if len(sent) == 1 && p.MayAttachScan(by) {
			var err error
			if file, err = storeUpload(tx, by, p.Body, sent[0]); err != nil {
				return err
			}
		}
		_, err := paper.AttachScan(tx, by, p.ID, file, version, r.FormValue("differs"))
		return err
	})
}
