package official

// Profiles lists the profiles of the sources, newest first within a family.
func Profiles() []Profile { return []Profile{hd05(), hd36(), nd30()} }

// hd05 is Hướng dẫn 05-HD/VPTW of 27/5/2026 (docs/sources/hd-05.md).
func hd05() Profile {
	center := func(size float64) Style { return Style{Size: size, Align: Center} }
	bold := func(s Style) Style { s.Bold = true; return s }
	upper := func(s Style) Style { s.Upper = true; return s }
	spaced := func(s Style, before, after float64) Style { s.Before, s.After = before, after; return s }
	ranged := func(s Style, low, high float64) Style { s.Low, s.High = low, high; return s }
	body := Style{Size: 14, Low: 14, High: 15, Align: Justify, Before: 6, LineExact: 18, Indent: 10}
	head := func(bold, italic, upper bool) Style {
		s := body
		s.Bold, s.Italic, s.Upper = bold, italic, upper
		return s
	}
	margins := Margins{Top: 20, Bottom: 20, Left: 30, Right: 15}
	return Profile{
		Code: "HD05", Name: "Hướng dẫn 05-HD/VPTW", Family: Party,
		From: DayOf(2026, 5, 27), Source: "docs/sources/hd-05.md",
		Page: Page{Width: 210, Height: 297, HeaderDistance: 8, Margins: margins, Lows: margins, Highs: margins},
		Font: "Times New Roman",
		Parts: map[Part]Style{
			PartNational:     bold(upper(center(15))),
			PartMotto:        bold(center(14)),
			PartSuperior:     upper(center(14)),
			PartIssuer:       bold(upper(center(14))),
			PartSeparator:    center(14),
			PartNumber:       center(14),
			PartPlaceDate:    {Size: 14, Italic: true, Align: Center},
			PartTypeName:     bold(upper(ranged(spaced(center(16), 18, 0), 15, 16))),
			PartSubject:      bold(ranged(center(14), 14, 15)),
			PartLetterMatter: {Size: 12, Italic: true, Align: Center, Before: 3},
			PartAddressLabel: {Size: 14, Italic: true, Align: Left, Before: 6, LineExact: 18, Indent: 25},
			PartBasis:        body,
			PartBody:         body,
			PartItem:         body,
			PartHeading1:     head(true, false, true),
			PartHeading2:     head(true, false, false),
			PartHeading3:     head(true, true, false),
			PartHeading4:     head(false, true, false),
			PartTableTitle:   bold(spaced(center(13), 12, 3)),
			PartTableUnit:    {Size: 12, Italic: true, Align: Right, After: 3},
			PartTableHead:    bold(spaced(center(12), 2, 2)),
			PartTableCell:    {Size: 12, Align: Left, Before: 1, After: 1},
			PartTableNote:    {Size: 12, Italic: true, Align: Left, Before: 3},
			PartRecipients:   {Size: 14, Underline: true, Align: Left},
			PartRecipient:    {Size: 12, Align: Left},
			PartAuthority:    bold(upper(center(14))),
			PartSignerTitle:  upper(center(14)),
			PartSignerName:   bold(center(14)),
			PartUrgency:      {Size: 14, Bold: true, Align: Center, Upper: true, Before: 6, Boxed: true},
			PartDraft:        {Size: 14, Italic: true, Align: Center, Before: 3},
			PartConference:   {Size: 12, Bold: true, Align: Center, Upper: true, Before: 3},
			PartPageNumber:   center(14),
			PartBanner:       bold(upper(center(11))),
			PartAnnex:        bold(upper(center(14))),
			PartAnnexTitle:   bold(center(14)),
			PartAnnexOf:      {Size: 14, Low: 13, High: 14, Italic: true, Align: Center, After: 6},
			PartTight:        {Size: 1, LineExact: 2, Align: Center},
		},
		National:          []NationalLine{{PartNational, "Đảng Cộng sản Việt Nam"}},
		NationalSeparator: Separator{Rule: 1},
		IssuerSeparator:   Separator{Text: "*"},
		SubjectSeparator:  Separator{Text: "-----"},
		LeftColumn:        77, RightColumn: 88,
		NumberLabel: "Số ", NumberPad: 2, NumberBlank: "     ",
		AfterNumber: "-", BetweenSymbols: "/", DayBlank: "    ",
		LetterSymbol: "CV", LetterSubject: "", AddressLabel: "Kính gửi:", PetitionLabel: "Kính trình:",
		BasisPrefix: "- ", BasisSeparator: ";", BasisEnd: ".", TextEnd: ".",
		Headings: []Counter{{"I", "."}, {"1", "."}, {"1.1", "."}, {"a", ")"}},
		Items:    []Counter{{"1", "."}, {"a", ")"}, {"", "-"}, {"", "+"}},
		Authorities: map[Authority]string{OnBehalf: "T/M", ForHead: "K/T", ByOrder: "T/L",
			Acting: "Q."},
		SignatureGap:    72,
		RecipientsLabel: "Nơi nhận:", RecipientPrefix: "- ", RecipientSeparator: ";", RecipientEnd: ".",
		FilingPrefix: "Lưu ",
		AnnexName:    "Phụ lục", TableCellInset: 1.5,
		ConferenceText: "Tài liệu hội nghị", DraftText: "Dự thảo lần ",
		Symbols: map[string]string{"Nghị quyết": "NQ", "Chỉ thị": "CT", "Kết luận": "KL", "Quyết định": "QĐ",
			"Quy định": "QĐ", "Quy chế": "QC", "Hướng dẫn": "HD", "Thông báo": "TB", "Báo cáo": "BC",
			"Biên bản": "BB", "Kế hoạch": "KH", "Chương trình": "CTr", "Đề án": "ĐA", "Tờ trình": "TTr",
			"Giấy mời": "GM", "Phiếu chuyển": "PC"},
	}
}

// hd36 is Hướng dẫn 36-HD/VPTW of 03/4/2018 (docs/sources/hd-36.md): the same sheet, other marks.
func hd36() Profile {
	p := hd05()
	p.Code, p.Name, p.Source = "HD36", "Hướng dẫn 36-HD/VPTW", "docs/sources/hd-36.md"
	p.From, p.To = DayOf(2018, 4, 3), DayOf(2026, 5, 26)
	p.RecipientSeparator = ","
	p.PetitionLabel = p.AddressLabel
	p.Symbols["Quy định"] = "QĐi"
	return p
}

// nd30 is Nghị định 30/2020/NĐ-CP, Phụ lục I (docs/sources/nd-30.md).
func nd30() Profile {
	p := hd05()
	p.Code, p.Name, p.Family = "ND30", "Nghị định 30/2020/NĐ-CP", State
	p.From, p.To, p.Source = DayOf(2020, 3, 5), Day{}, "docs/sources/nd-30.md"
	p.Page.Margins = Margins{Top: 20, Bottom: 20, Left: 30, Right: 20}
	p.Page.Lows = Margins{Top: 20, Bottom: 20, Left: 30, Right: 15}
	p.Page.Highs = Margins{Top: 25, Bottom: 25, Left: 35, Right: 20}
	p.LeftColumn, p.RightColumn = 67, 93

	restyle := func(part Part, change func(*Style)) {
		s := p.Parts[part]
		change(&s)
		p.Parts[part] = s
	}
	size := func(size, low, high float64, parts ...Part) {
		for _, part := range parts {
			restyle(part, func(s *Style) { s.Size, s.Low, s.High = size, low, high })
		}
	}
	size(12, 12, 13, PartNational, PartSuperior, PartIssuer)
	size(13, 13, 14, PartMotto, PartPlaceDate, PartPageNumber)
	size(13, 13, 13, PartNumber)
	size(14, 13, 14, PartBody, PartItem, PartBasis, PartHeading1, PartHeading2, PartHeading3, PartHeading4,
		PartTypeName, PartSubject, PartAuthority, PartSignerTitle, PartSignerName, PartAnnex, PartAnnexTitle, PartAnnexOf)
	size(12, 12, 12, PartRecipients)
	size(11, 11, 11, PartRecipient)
	for _, part := range []Part{PartBody, PartItem, PartBasis, PartHeading1, PartHeading2, PartHeading3, PartHeading4} {
		restyle(part, func(s *Style) { s.Indent, s.LineExact = 12.7, 0 })
	}
	restyle(PartBasis, func(s *Style) { s.Italic = true })
	restyle(PartSignerTitle, func(s *Style) { s.Bold = true })
	restyle(PartRecipients, func(s *Style) { s.Underline, s.Bold, s.Italic = false, true, true })
	restyle(PartAddressLabel, func(s *Style) { s.Italic, s.LineExact = false, 0 })
	restyle(PartLetterMatter, func(s *Style) { s.Italic = false })
	restyle(PartAnnex, func(s *Style) { s.Upper = false })

	p.National = []NationalLine{
		{PartNational, "Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{PartMotto, "Độc lập - Tự do - Hạnh phúc"},
	}
	p.IssuerSeparator, p.SubjectSeparator = Separator{Rule: 0.4}, Separator{Rule: 0.4}
	p.NumberLabel, p.AfterNumber, p.BetweenSymbols = "Số: ", "/", "-"
	p.LetterSymbol, p.LetterSubject = "", "V/v "
	p.BasisPrefix, p.TextEnd = "", "./."
	p.PetitionLabel = p.AddressLabel
	p.Headings = []Counter{{"I", "."}, {"1", "."}, {"a", ")"}, {"", "-"}}
	p.Authorities = map[Authority]string{OnBehalf: "TM.", ForHead: "KT.", ByOrder: "TL.",
		Delegated: "TUQ.", Acting: "Q."}
	p.DeputyUnderBody, p.InChargeForHead = true, true
	p.FilingPrefix = "Lưu: "
	p.AnnexOwnPages = true
	p.Symbols["Quy định"] = "QyĐ"
	return p
}
