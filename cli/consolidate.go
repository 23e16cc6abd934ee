package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
	"giaoban/web"
)

type consolidate struct {
	place
	Regime  string `required:"" help:"Mã chế độ báo cáo, ví dụ kg-quy." placeholder:"MÃ"`
	Period  string `required:"" help:"Kỳ: 2022-03, 2022-Q1, 2022-H1, 2022-9M, 2022." placeholder:"KỲ"`
	Output  string `required:"" short:"o" help:"Tệp ghi ra, đuôi .docx, .pdf, .html hoặc .json." placeholder:"TỆP"`
	Include string `help:"accepted: chỉ báo cáo đã nhận; submitted: bản xem trước gồm cả báo cáo chưa nhận." enum:"accepted,submitted" default:"accepted"`
	Profile string `help:"Thể thức muốn dùng thay cho thể thức theo ngày: HD05, HD36." placeholder:"MÃ"`
}

func (k *consolidate) Run(ctx context.Context, c *console) error {
	period, err := calendar.ParsePeriod(k.Period)
	if err != nil {
		return misuse{err.Error()}
	}
	format := strings.TrimPrefix(filepath.Ext(k.Output), ".")
	if !slices.Contains([]string{"docx", "pdf", "html", "json"}, format) {
		return misuse{fmt.Sprintf("Tệp “%s” phải có đuôi .docx, .pdf, .html hoặc .json.", k.Output)}
	}
	d, _, err := k.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var body []byte
	if err := d.Read(ctx, func(tx *db.Tx) error {
		found, err := consolidation.For(tx, byHand, k.Regime, period, report.Include(k.Include))
		if err != nil {
			return err
		}
		body, err = renderConsolidation(tx, found, format, k.Profile)
		return err
	}); err != nil {
		return err
	}
	if err := writeFile(k.Output, body); err != nil {
		return err
	}
	c.say("Đã ghi %s (%s, %s).", k.Output, k.Regime, period.Name())
	return nil
}

func renderConsolidation(tx *db.Tx, found consolidation.Consolidation, format, profile string) ([]byte, error) {
	if format == "json" {
		text, err := json.MarshalIndent(found.Shape(), "", "  ")
		return append(text, '\n'), err
	}
	file, err := consolidation.File(tx, byHand, found, format, profile, nil, web.OriginAddress)
	return file.Body, err
}

// writeFile puts a file in place whole or not at all.
func writeFile(name string, body []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(name), ".giaoban-*")
	if err != nil {
		return fault.Invalid("o", "Không ghi được vào thư mục %s: hãy kiểm tra thư mục có tồn tại và quyền ghi.", filepath.Dir(name))
	}
	defer os.Remove(temp.Name())
	if _, err := temp.Write(body); err != nil {
		temp.Close()
		return fmt.Errorf("ghi %s: %w", name, err)
	}
	if err := temp.Chmod(0o644); err != nil {
		temp.Close()
		return err
	}
	if err := temp.Close(); err != nil {
		return fmt.Errorf("ghi %s: %w", name, err)
	}
	return os.Rename(temp.Name(), name)
}
