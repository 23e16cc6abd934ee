package officialtest

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"giaoban/document"
)

// lists are those of word/numbering.xml (ECMA-376 part 1, 17.9).
type lists struct {
	Abstract []struct {
		ID     string `xml:"abstractNumId,attr"`
		Levels []struct {
			Start  number `xml:"start"`
			Format word   `xml:"numFmt"`
			Text   word   `xml:"lvlText"`
		} `xml:"lvl"`
		counts [9]int // which the uses of the list share
	} `xml:"abstractNum"`
	Uses []struct {
		ID     string `xml:"numId,attr"`
		Of     word   `xml:"abstractNumId"`
		Starts []struct {
			At    int    `xml:"ilvl,attr"`
			Start number `xml:"startOverride"`
		} `xml:"lvlOverride"`
		begun [9]bool
	} `xml:"num"`
	styles map[string]listed
}

// listed is where a paragraph or a style stands in a list.
type listed struct {
	Level number `xml:"ilvl"`
	List  word   `xml:"numId"`
}

type word struct {
	Val string `xml:"val,attr"`
}

type number struct {
	Val int `xml:"val,attr"`
}

func listsOf(z *zip.Reader) (*lists, error) {
	l := &lists{styles: map[string]listed{}}
	var styles struct {
		All []struct {
			ID   string  `xml:"styleId,attr"`
			List *listed `xml:"pPr>numPr"`
		} `xml:"style"`
	}
	for part, into := range map[string]any{"word/numbering.xml": l, "word/styles.xml": &styles} {
		f, err := z.Open(part)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		err = xml.NewDecoder(f).Decode(into)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	for _, s := range styles.All {
		if s.List != nil {
			l.styles[s.ID] = *s.List
		}
	}
	return l, nil
}

// next is the number that a word processor prints before a paragraph, with the blank behind it; "" where there is none. A
// paragraph that names no list has that of its style.
func (l *lists) next(style string, own *listed) string {
	if own == nil {
		named, ok := l.styles[style]
		if !ok {
			return ""
		}
		own = &named
	}
	for i := range l.Uses {
		use := &l.Uses[i]
		if use.ID != own.List.Val {
			continue
		}
		for j := range l.Abstract {
			of, at := &l.Abstract[j], own.Level.Val
			if of.ID != use.Of.Val {
				continue
			}
			for _, start := range use.Starts {
				if start.At == at && !use.begun[at] {
					of.counts[at] = start.Start.Val - 1
				}
			}
			use.begun[at] = true
			of.counts[at]++
			text := of.Levels[at].Text.Val
			for i, level := range of.Levels {
				switch written := strconv.Itoa(of.counts[i]); {
				case i > at:
					of.counts[i] = level.Start.Val - 1
				case level.Format.Val == "upperRoman":
					text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), document.Roman(of.counts[i]))
				default:
					text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), written)
				}
			}
			return text + " "
		}
	}
	return ""
}
