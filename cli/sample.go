package cli

import (
	"context"
	"errors"
	"fmt"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/sample"
)

type sampleData struct {
	place
	Size string `required:"" help:"S (30 cơ quan), M (400) hoặc L (3.300)." placeholder:"CỠ"`
}

func (s *sampleData) Run(ctx context.Context, c *console) error {
	bodies, ok := sample.Sizes[s.Size]
	if !ok {
		return misuse{fmt.Sprintf("Không có cỡ “%s”; hãy chọn S, M hoặc L.", s.Size)}
	}
	d, _, err := s.open(ctx, true, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var bar *progress
	stage := ""
	token, err := sample.Fill(ctx, d, bodies, func(name string, done, of int) {
		if name != stage {
			if bar != nil {
				bar.end()
			}
			bar, stage = c.progress(name), name
		}
		bar.to(int64(done), int64(of))
	})
	if bar != nil {
		bar.end()
	}
	if errors.Is(err, sample.ErrNotEmpty) {
		return fault.Conflict("%s. Hãy chọn --data khác.", sentence(err))
	}
	if err != nil {
		return err
	}
	c.note("Đã đổ xong dữ liệu cỡ %s: %d cơ quan. Mã truy cập API ở dòng dưới.", s.Size, bodies)
	c.say("%s", token)
	return nil
}
