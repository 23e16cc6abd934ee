package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/document"
	"giaoban/edxml"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/official"
)

// receiving is for a form whose files are papers of others: packets are opened as they come, and what stands in the files is
// read before the transaction.
func (r route) receiving() route { r.packets, r.before = true, (*site).readArrived; return r }

// receivePacket takes a packet into the spool file by file; one that must not be kept refuses it whole.
func (s *site) receivePacket(ctx context.Context, name string, part io.Reader) (all []Upload, err error) {
	defer func() {
		if err != nil {
			for _, u := range all {
				err = errors.Join(err, u.Discard())
			}
			all = nil
		}
	}()
	content, err := io.ReadAll(io.LimitReader(part, mostFileBytes+1))
	if err != nil {
		return nil, err
	}
	if len(content) > mostFileBytes {
		return nil, tooLarge()
	}
	p, err := edxml.Read(content)
	if err != nil {
		return nil, err
	}
	if err := official.RefuseSecret(p.Words()...); err != nil {
		return nil, fault.Refused("%s", err.Error())
	}
	if p.Status != nil || len(p.Files) == 0 {
		return nil, fault.Invalid("", "Gói “%s” không kèm văn bản nào: %s.", library.CleanName(name), emptyPacket(p))
	}
	for _, f := range p.Files {
		u, err := s.receive(ctx, f.Name, bytes.NewReader(f.Content))
		if err != nil {
			return all, err
		}
		u.packet, u.packetName = &p, library.CleanName(name)
		all = append(all, u)
	}
	return all, nil
}

// emptyPacket is what a packet without a paper tells.
func emptyPacket(p edxml.Packet) string {
	if p.Status != nil {
		return "nơi nhận báo " + p.Status.String()
	}
	if p.Purpose != edxml.New {
		return p.Purpose.String() + " " + cmp.Or(p.Symbol, p.About, "một văn bản") + ", không vào sổ được; xin mở văn bản ấy trong sổ và ghi việc này"
	}
	return "gói rỗng"
}

// arrived is what came as one, read, with the uploads that hold its files.
type arrived struct {
	intake.Sent
	uploads []Upload
}

type arrivedKey struct{}

// whatArrived is what was read of a form before its transaction.
type whatArrived struct {
	all []arrived
	err error
}

func (s *site) readArrived(r *http.Request, who visitor) *http.Request {
	if !who.session.Valid(unmask(r.FormValue("form_token"))) {
		return r
	}
	var w whatArrived
	w.all, w.err = s.arrivedIn(r)
	return r.WithContext(context.WithValue(r.Context(), arrivedKey{}, w))
}

func (s *site) arrivedIn(r *http.Request) (all []arrived, err error) {
	for _, u := range s.uploads(r, "files") {
		if n := len(all) - 1; u.packet != nil && n >= 0 && all[n].Packet == u.packet {
			all[n].uploads = append(all[n].uploads, u)
			if len(all[n].Document.Blocks) > 0 {
				continue
			}
			if all[n].Document, err = readArrival(r.Context(), u); err != nil {
				return nil, err
			}
			continue
		}
		one := arrived{Sent: intake.Sent{Name: u.Name, Packet: u.packet}, uploads: []Upload{u}}
		if u.packet != nil {
			one.Name = u.packetName
		}
		if one.Document, err = readArrival(r.Context(), u); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// readArrival reads what an upload says; a scan or a picture says nothing and is kept all the same.
func readArrival(ctx context.Context, u Upload) (document.Document, error) {
	if !document.Readable(u.Name) {
		return document.Document{}, nil
	}
	d, err := readUpload(ctx, u)
	if err != nil && fault.Of(err) != nil && !fault.Is(err, fault.KindRefused) {
		return document.Document{Problems: []string{err.Error()}}, nil
	}
	return d, err
}

// readUpload reads what an upload says. A mark of secrecy in its words refuses it.
func readUpload(ctx context.Context, u Upload) (document.Document, error) {
	f, err := u.Open()
	if err != nil {
		return document.Document{}, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, document.MostBytes+1))
	if err != nil {
		return document.Document{}, err
	}
	d, err := document.Read(ctx, u.Name, content)
	if err != nil {
		return document.Document{}, err
	}
	if err := official.RefuseSecret(d.Words()...); err != nil {
		return document.Document{}, fault.Refused("%s", err.Error())
	}
	return d, nil
}

// takeIncoming keeps what was read in the waiting list. A file that is refused stops none of the others, unless it bears a
// mark of secrecy: then nothing is taken.
func (s *site) takeIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	page, err := incomingOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.KeepIncoming, by.Body); err != nil {
		return Reply{}, err
	}
	again := Reply{Page: "incoming/list", Data: page}
	w, _ := r.Context().Value(arrivedKey{}).(whatArrived)
	refused := refusedUploads(r)
	for _, err := range append(refused, w.err) {
		if fault.Is(err, fault.KindRefused) || err != nil && fault.Of(err) == nil {
			return again, err
		}
	}
	if len(w.all) == 0 {
		if len(refused) > 0 {
			return again, errors.Join(inFiles(refused)...)
		}
		return again, fault.Invalid("files", "Hãy chọn tệp văn bản đến.")
	}
	var sent []intake.Sent
	for _, one := range w.all {
		for _, u := range one.uploads {
			if err := u.Keep(); err != nil {
				return Reply{}, err
			}
			file, err := library.Add(tx, by, by.Body, u.Stored, u.Name)
			if err != nil {
				return Reply{}, err
			}
			one.Files = append(one.Files, file)
		}
		sent = append(sent, one.Sent)
	}
	taken, err := intake.Take(tx, by, sent)
	if err != nil {
		return again, err
	}
	var words []string
	fresh := 0
	for _, t := range taken {
		if t.Known {
			words = append(words, fmt.Sprintf("“%s” đã có từ trước (%s).", t.Name, strings.ToLower(t.State.Name())))
			continue
		}
		fresh++
	}
	if fresh > 0 {
		words = append([]string{fmt.Sprintf("Đã đọc %d văn bản. Xem lại từng dòng rồi vào sổ.", fresh)}, words...)
	}
	for _, err := range refused {
		words = append(words, "Không nhận: "+err.Error())
	}
	return Reply{To: incomingURL + "#cho", Said: strings.Join(words, " ")}, nil
}

// inFiles puts refusals of files under their field; one that waits for its sender's word keeps its own.
func inFiles(all []error) (named []error) {
	for _, err := range all {
		named = append(named, fieldOf("files", err))
	}
	return named
}
