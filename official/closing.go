package official

import (
	"strings"
)

// closing builds the block of signatures and recipients.
func (s *sheet) closing(d Document) [][2][]para {
	receivers := s.recipients(d)
	if len(d.Signers) <= 1 {
		var right []para
		if len(d.Signers) == 1 {
			right = s.signer(d.Signers[0])
		}
		if len(receivers) == 0 && len(right) == 0 {
			return nil
		}
		if first := s.beside(receivers, right); first < len(receivers) {
			return [][2][]para{{receivers[:first], right}, {receivers[first:], nil}}
		}
		return [][2][]para{{receivers, right}}
	}
	var rows [][2][]para
	signers := d.Signers
	for len(signers) > 1 {
		rows = append(rows, [2][]para{s.signer(signers[0]), s.signer(signers[1])})
		signers = signers[2:]
	}
	if len(signers) == 1 {
		return apart(append(rows, [2][]para{receivers, s.signer(signers[0])}))
	}
	if len(receivers) > 0 {
		rows = append(rows, [2][]para{receivers, nil})
	}
	return apart(rows)
}

// beside counts the recipients that stand level with the signature: as many as are at least as high, so that the list goes
// on without a gap. What is below them may stand on the next page, so that a long list does not take the signature and a
// half page of text along; a few more lines stay.
func (s *sheet) beside(receivers, signature []para) int {
	height := func(l para) float64 { return l.gap + 1.15*s.p.Parts[l.part].Size }
	room := 0.0
	for _, l := range signature {
		room += height(l)
	}
	first := 0
	for first < len(receivers) && (room > 0 || first < 4) {
		room -= height(receivers[first])
		first++
	}
	if len(receivers)-first < 4 {
		return len(receivers)
	}
	return first
}

// rowGap separates one row of signatures from the next, and the head of a letter from its addressees, in pt.
const rowGap = 14

func apart(rows [][2][]para) [][2][]para {
	for _, row := range rows[1:] {
		for _, side := range row {
			if len(side) > 0 {
				side[0].gap = rowGap
			}
		}
	}
	return rows
}

// SignatureLines gives a signature as it is printed, line by line: authority, title, name.
func SignatureLines(p Profile, g Signer) []string {
	var lines []string
	for _, l := range (&sheet{p: p}).signer(g) {
		if text := plain(l.runs); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

func (s *sheet) signer(g Signer) []para {
	var out []para
	for _, l := range g.Lines {
		out = append(out, s.para(PartAuthority, s.p.authority(l)))
	}
	if g.Title != "" {
		out = append(out, s.para(PartSignerTitle, g.Title))
	}
	name := s.para(PartSignerName, g.Name)
	name.gap = s.p.SignatureGap
	return append(out, name)
}

// authority writes quyền hạn as the profile does: T/M or TM.
func (p Profile) authority(l AuthorityLine) string {
	return strings.TrimSpace(p.Authorities[l.Authority] + " " + l.Of)
}

func (s *sheet) recipients(d Document) []para {
	if len(d.Recipients) == 0 && d.Filing == "" {
		return nil
	}
	lines := append([]string(nil), d.Recipients...)
	if d.Filing != "" {
		lines = append(lines, s.p.FilingPrefix+d.Filing)
	}
	out := []para{s.para(PartRecipients, s.p.RecipientsLabel)}
	for i, l := range lines {
		end := s.p.RecipientSeparator
		if i == len(lines)-1 {
			end = s.p.RecipientEnd
		}
		out = append(out, s.para(PartRecipient, s.p.RecipientPrefix+strings.TrimRight(l, " ;,.")+end))
	}
	return out
}
