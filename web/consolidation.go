package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

var consolidationRoom = room{
	menu: entry{group: reportGroup, name: "Tổng hợp", url: "/tong-hop", needs: needsOpening, key: "g t"},
	pages: []route{
		see("/tong-hop", (*site).consolidations, access.ReadConsolidation),
		see("/tong-hop/{regime}/{period}", (*site).showFigures, access.ReadConsolidation).named("opening/figures"),
		see("/tong-hop/{regime}/{period}/chi-tieu/{indicator}", (*site).showSources, access.ReadConsolidation).named("opening/indicator"),
		see("/chuoi-so-lieu/{regime}/{indicator}", (*site).showSeries, access.ReadConsolidation),
		see("/tong-hop/{regime}/{period}/loi-van", (*site).showText, access.ReadConsolidation).named("opening/text"),
		act("/tong-hop/{regime}/{period}/loi-van", (*site).beginText, access.DraftConsolidation).
			says("Đã lập dự thảo của Ban từ các báo cáo; mỗi đoạn giữ nơi nó đến.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		see("/tong-hop/{regime}/{period}/ban-word", (*site).returnedText, access.DraftConsolidation).titled("Bản Word trả về"),
		act("/tong-hop/{regime}/{period}/ban-word", (*site).takeReturnedText, access.DraftConsolidation).titled("Bản Word trả về").
			files(1).returning(printedText).
			says("Đã nhận các chỗ đã chọn của tệp Word vào dự thảo; đoạn sửa giữ nguồn của nó.", "Số liệu của kỳ",
				"/tong-hop/{regime}/{period}"),
		act("/tong-hop/{regime}/{period}/doan", (*site).changeText, access.DraftConsolidation).
			says("Đã lưu thay đổi của dự thảo.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		act("/tong-hop/{regime}/{period}/cap-nhat", (*site).refreshText, access.DraftConsolidation).
			says("Đã cập nhật dự thảo theo các báo cáo mới nhận; chỗ đã sửa tay giữ nguyên.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		act("/tong-hop/{regime}/{period}/trinh", (*site).putTextForward, access.DraftConsolidation).
			says("Đã trình ký; trong khi chờ vẫn rút lại được.", "Bàn làm việc", "/ban-lam-viec"),
		act("/tong-hop/{regime}/{period}/rut-lai", (*site).takeTextBack, access.DraftConsolidation).
			says("Đã rút lại; sửa xong thì trình lại.", "Bàn làm việc", "/ban-lam-viec"),
		act("/tong-hop/{regime}/{period}/dong-y", (*site).agreeToText, access.ConsiderDraft).
			says("Đã đồng ý; dự thảo sang bước tiếp theo.", "Bàn làm việc", "/ban-lam-viec"),
		act("/tong-hop/{regime}/{period}/tra-lai", (*site).sendTextBack, access.ConsiderDraft).
			says("Đã trả lại; chuyên viên thấy nhận xét ngay tại đoạn.", "Bàn làm việc", "/ban-lam-viec"),
		see("/thiet-lap/trinh-ky", (*site).showChain, access.SetUpOffice).titled("Các bước trình ký"),
		act("/thiet-lap/trinh-ky", (*site).saveChain, access.SetUpOffice).titled("Các bước trình ký").
			says("Đã lưu các bước trình ký.", "Thiết lập", "/thiet-lap"),
		see("/tong-hop/{regime}/{period}/khung", (*site).showWording, access.DraftConsolidation).titled("Trích yếu, căn cứ, nơi nhận"),
		act("/tong-hop/{regime}/{period}/khung", (*site).changeWording, access.DraftConsolidation).
			says("Đã lưu phần đầu và phần cuối của báo cáo.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		see("/tong-hop/{regime}/{period}/ky", (*site).confirmSigning, access.SignConsolidation).titled("Ký báo cáo tổng hợp"),
		act("/tong-hop/{regime}/{period}/ky", (*site).signConsolidation, access.SignConsolidation).
			says("Đã ký báo cáo. Tiếp theo: văn thư vào số và phát hành.", "Văn bản chờ xử lý", "/van-ban"),
		see("/tong-hop/{regime}/{period}/tai/{format}", (*site).downloadConsolidation, access.ReadConsolidation),
		see("/tong-hop/{regime}/{period}/phu-luc/{format}", (*site).downloadReceived, access.ReadConsolidation),
		see("/ho-so/consolidation/{id}", (*site).consolidationByID, access.ReadConsolidation).shows("consolidation"),
		see("/kien-nghi", (*site).proposals, access.ReadReport).titled("Kiến nghị").named("proposal/list", "?trang-thai={state}"),
		see("/kien-nghi/{proposal}", (*site).showProposal, access.ReadReport).shows("proposal"),
		act("/kien-nghi/{proposal}", (*site).answerProposal, access.AnswerProposal).of("proposal").
			says("Đã trả lời kiến nghị; cơ quan kiến nghị thấy ngay.", "Kiến nghị còn chờ trả lời", "/kien-nghi"),
		act("/kien-nghi/{proposal}/cong-van", (*site).draftForwarding, access.DraftPaper).of("proposal").
			says("Đã soạn công văn chuyển kiến nghị. Tiếp theo: trình ký, vào số, phát hành.", "Kiến nghị", "/kien-nghi/{proposal}"),
		act("/kien-nghi/{proposal}/da-chuyen", (*site).forwardElsewhere, access.AnswerProposal).of("proposal").
			says("Đã ghi kiến nghị được chuyển; từ nay chờ ý kiến.", "Mọi kiến nghị", "/kien-nghi"),
		act("/kien-nghi/{proposal}/theo-doi", (*site).followProposal, access.AnswerProposal).of("proposal").
			says("Đã ghi người theo dõi kiến nghị.", "Mọi kiến nghị", "/kien-nghi"),
		act("/kien-nghi/{proposal}/y-kien", (*site).replyToProposal, access.AnswerProposal).of("proposal").
			says("Đã ghi ý kiến; cơ quan kiến nghị thấy ngay, báo cáo tới mở đầu bằng ý kiến này.", "Mọi kiến nghị",
				"/kien-nghi"),
		see("/ho-so/reply/{reply}", (*site).replyByID, access.ReadReport).shows("reply"),
	},
}

// consolidationsPage is where one chooses what to add up; the newest is on top.
type consolidationsPage struct {
	Regimes []consolidationChoice
	Newest  *periodChoice
	Codes   []report.Regime
	Regime  string
	Period  string
	Open    int // proposals without an answer
}

type consolidationChoice struct {
	Regime  report.Regime
	Periods []periodChoice
	Longer  []calendar.Period // quarters, halves and years that the newest periods add up to
}

type periodChoice struct {
	Regime report.Regime
	Period calendar.Period
	Counts periodCounts
}

func (s *site) consolidations(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return Reply{}, err
	}
	data := consolidationsPage{Regime: r.FormValue("regime"), Period: strings.TrimSpace(r.FormValue("period"))}
	var problem error
	if data.Regime != "" {
		period, err := calendar.ReadPeriod(data.Period)
		if err == nil {
			return Reply{To: "/tong-hop/" + data.Regime + "/" + period.String()}, nil
		}
		problem = fault.Invalid("period", "Kỳ “%s” không đúng cách viết; hãy viết như quý I năm 2022, tháng 3 năm 2022 hoặc năm 2022.", data.Period)
	}
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return Reply{}, err
	}
	slices.SortStableFunc(regimes, func(a, b report.Regime) int { return int(b.Kind) - int(a.Kind) })
	for _, regime := range regimes {
		if regime.ActivatedAt == 0 {
			continue
		}
		data.Codes = append(data.Codes, regime)
		one, err := consolidationChoices(tx, by, regime)
		if err != nil {
			return Reply{}, err
		}
		if data.Newest == nil && len(one.Periods) > 0 {
			data.Newest = &one.Periods[0]
		}
		data.Regimes = append(data.Regimes, one)
	}
	if data.Open, err = report.OpenProposals(tx, by); err != nil {
		return Reply{}, err
	}
	return Reply{Page: "consolidation/list", Data: data}, problem
}

func consolidationChoices(tx *db.Tx, by access.Actor, regime report.Regime) (consolidationChoice, error) {
	one := consolidationChoice{Regime: regime}
	openings, err := newestOpenings(tx, by, regime.ID, 6)
	if err != nil || len(openings) == 0 {
		return one, err
	}
	var periods []calendar.Period
	for _, o := range openings {
		periods = append(periods, o.Period)
	}
	items, err := report.CompletenessOf(tx, by, regime.Code, periods)
	if err != nil {
		return one, err
	}
	for _, p := range periods {
		c := periodChoice{Regime: regime, Period: p}
		for _, item := range items {
			if item.Period == p {
				c.Counts.add(item)
			}
		}
		one.Periods = append(one.Periods, c)
	}
	one.Longer = longer(regime.Kind, periods)
	return one, nil
}

// longer lists the longer periods that some of these are part of, the newest first.
func longer(kind calendar.Kind, periods []calendar.Period) []calendar.Period {
	var all []calendar.Period
	for _, p := range periods {
		for _, k := range []calendar.Kind{calendar.Quarter, calendar.Half, calendar.NineMonths, calendar.Year} {
			if k <= kind {
				continue
			}
			l, ok := calendar.Calendar.PeriodOf(k, p.Last())
			if !ok || slices.Contains(all, l) {
				continue
			}
			if _, err := l.Parts(kind); err == nil {
				all = append(all, l)
			}
		}
	}
	slices.SortFunc(all, func(a, b calendar.Period) int { return b.Last().Compare(a.Last())*2 + int(a.Kind()) - int(b.Kind()) })
	return all
}
