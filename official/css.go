package official

import (
	"fmt"
	"html/template"
	"strings"
)

// CSS is the stylesheet of papers under a profile: every measure comes from it. Classes:
//
//	vb               the sheet; vb-head and vb-closing are its two-column blocks
//	vb-<Part>        a part, named as in Word (vb-TrichYeu, vb-ThanVan …)
//	vb-title         the heading made of type name and subject
//	vb-rule-full     a rule as long as the text; vb-rule-part one of the profile's share of it
//	vb-table         a table of the body; vb-w1 … vb-w100 column widths in percent; vb-to-right … sides
//	vb-tall          a row of it that may be torn at the end of a page
//	vb-scroll        lets a wide table scroll on a narrow screen
//	vb-symbol        the number of a paper in the text, never broken
//	vb-sign          room for a signature above a name; vb-apart the gap between two signatures, in place of the one
//	                 that a part has above it; vb-further an addressee below others
//	vb-break         a new page; vb-annex begins one too, vb-landscape a turned one
//	vb-unseen        the title of a letter, which only readers by ear meet
//	origin           the link from a text or figure to its source; not printed as a link
func CSS(p Profile) string { return string(cssWith(p, "")) }

func cssWith(p Profile, banner string) template.CSS {
	var b strings.Builder
	w := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	m := p.Page.Margins
	// The banner and the number live in the margin, so they stand on every printed page.
	w(`@page{size:%gmm %gmm;margin:%gmm %gmm %gmm %gmm;@top-center{content:%scounter(page);white-space:pre;font:%gpt %s,"Liberation Serif",serif}}`,
		p.Page.Width, p.Page.Height, m.Top, m.Right, m.Bottom, m.Left, cssBanner(banner, true), p.Parts[PartPageNumber].Size, cssString(p.Font))
	mark := p.Parts[PartBanner]
	w(`@page :first{@top-center{content:%s;font-size:%gpt;font-weight:%s}}`, cssBanner(banner, false), mark.Size, cssWeight(mark.Bold))
	w(`@page ngang{size:%gmm %gmm}`, p.Page.Height, p.Page.Width)
	w(`.vb{box-sizing:border-box;max-width:%gmm;margin:0 auto;padding:%gmm %gmm %gmm %gmm;background:#fff;color:#000;font-family:%s,"Liberation Serif",Tinos,serif;font-size:%gpt}`,
		p.Page.Width, m.Top, m.Right, m.Bottom, m.Left, cssString(p.Font), p.Parts[PartBody].Size)
	w(`.vb p,.vb h1,.vb h2,.vb h3,.vb h4,.vb h5,.vb h6{margin:0;overflow-wrap:break-word}`)
	for _, part := range allParts {
		if part != PartTight {
			w(`.vb .vb-%s{%s}`, part, cssStyle(p.Parts[part]))
		}
	}
	w(`.vb .vb-label+.vb-text{font-style:inherit}`)
	w(`.vb .vb-%s .vb-text{font-style:normal}`, PartAddressLabel)
	w(`.vb .vb-title{font-weight:inherit;font-size:inherit;text-align:center;text-indent:0}`)
	w(`.vb .vb-title>span{display:block}`)
	w(`.vb-head,.vb-closing{width:100%%;border-collapse:collapse;table-layout:fixed}`)
	w(`.vb-head td,.vb-closing td{padding:0;border:0;vertical-align:top}`)
	// A word processor leaves a hair of a cell free: what just fits here would break there.
	w(`.vb-head .vb-left,.vb-closing .vb-left{width:%.4g%%}.vb-head .vb-left p{padding-right:.2mm}`, p.LeftColumn/(p.LeftColumn+p.RightColumn)*100)
	w(`.vb-closing{margin-top:11.5pt;break-before:avoid}.vb-closing tr{break-inside:avoid}`)
	w(`.vb .vb-sign{padding-top:%gpt}.vb .vb-apart{padding-top:%dpt;margin-top:0}.vb .vb-further{padding-left:%dmm}`, p.SignatureGap, rowGap, addresseeIndent)
	w(`.vb .vb-symbol,.vb .vb-%s{white-space:nowrap}`, PartNumber)
	w(`.vb .vb-rule-full .vb-text{display:inline-block;border-bottom:.75pt solid #000;padding-bottom:1pt;margin-bottom:3pt}`)
	w(`.vb .vb-rule-part .vb-text{display:inline-block}`)
	share := max(p.IssuerSeparator.Rule, p.SubjectSeparator.Rule)
	w(`.vb .vb-rule-part .vb-text::after{content:"";display:block;width:%.4g%%;margin:1.5pt auto 3pt;border-bottom:.75pt solid #000}`, share*100)
	w(`.vb .vb-%s .vb-text{display:inline-block;border:1pt solid #000;padding:1pt 5pt}`, PartUrgency)
	table, head := p.Parts[PartTableCell], p.Parts[PartTableHead]
	w(`.vb-scroll{overflow-x:auto}`)
	w(`.vb-table{width:100%%;border-collapse:collapse;font-size:%gpt}`, table.Size)
	w(`.vb-table th,.vb-table td{border:.5pt solid #000;padding:%gpt %gmm;vertical-align:middle}`, table.Before, p.TableCellInset)
	w(`.vb-table thead{display:table-header-group}.vb-table thead th{font-size:%gpt;font-weight:%s;padding-top:%gpt;padding-bottom:%gpt}.vb-table tbody th{font-weight:inherit}`,
		head.Size, cssWeight(head.Bold), head.Before, head.After)
	w(`.vb-table tr{break-inside:avoid}.vb-table .vb-tall{break-inside:auto}.vb-table caption{caption-side:top}.vb-table caption>span{display:block}`)
	w(`.vb-to-center{text-align:center}.vb-to-right{text-align:right;font-variant-numeric:tabular-nums}.vb-to-left,.vb-to-{text-align:left}.vb-to-both{text-align:justify}`)
	for i := 1; i <= 100; i++ {
		fmt.Fprintf(&b, ".vb-w%d{width:%d%%}", i, i)
	}
	w("")
	w(`.vb-break{break-after:page}.vb-annex{break-before:page}.vb-landscape{page:ngang}`)
	w(`.vb-unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%%);white-space:nowrap}`)
	w(`.vb .origin{color:#0b4f8a;text-decoration:underline;font-size:.85em;text-indent:0}.vb-table .origin{font-size:inherit}`)
	w(`@media screen and (max-width:60em){.vb{padding:5mm}.vb-head,.vb-closing{table-layout:auto}}`)
	w(`@media screen and (max-width:30em){.vb .vb-%s{white-space:normal}.vb .vb-head p,.vb .vb-closing p{overflow-wrap:anywhere}}`, PartNumber)
	w(`@media print{body{margin:0}.vb{max-width:none;padding:0;margin:0}.vb .vb-%s{display:none}.vb-scroll{overflow:visible}.vb p .origin{display:none}.vb-table .origin{color:inherit;text-decoration:none}.vb h2,.vb h3,.vb h4,.vb h5,.vb h6,.vb caption{break-after:avoid}.vb p{orphans:2;widows:2}.vb-head,.vb-closing{width:%gmm}}`, PartBanner, p.LeftColumn+p.RightColumn)
	return template.CSS(b.String())
}

// cssBanner is the content above a page: banner and, below it, the page number.
func cssBanner(banner string, number bool) string {
	text := strings.ToUpper(banner)
	switch {
	case banner == "" && number:
		return ""
	case banner == "":
		return "none"
	case number:
		return cssString(text+"\n") + " "
	}
	return cssString(text)
}

// cssString quotes text for a stylesheet; everything but letters and digits is written
// as an escape, so no text can leave its quotes.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range clean(s) {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\%06x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func cssWeight(bold bool) string {
	if bold {
		return "bold"
	}
	return "normal"
}

func cssStyle(s Style) string {
	css := fmt.Sprintf("font-size:%gpt;font-weight:%s;font-style:normal;margin-top:%gpt;margin-bottom:%gpt", s.Size, cssWeight(s.Bold), s.Before, s.After)
	if s.Italic {
		css = strings.Replace(css, "font-style:normal", "font-style:italic", 1)
	}
	if s.Underline {
		css += ";text-decoration:underline"
	}
	if s.LineExact > 0 {
		css += fmt.Sprintf(";line-height:%gpt", s.LineExact)
	} else {
		css += ";line-height:1.149" // what word processors take for single in this font
	}
	switch s.Align {
	case Justify:
		css += ";text-align:justify"
	case Left, Center, Right:
		css += ";text-align:" + string(s.Align)
	}
	return css + fmt.Sprintf(";text-indent:%gmm", s.Indent)
}
