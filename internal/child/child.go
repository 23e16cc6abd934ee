// Package child (tiến trình con) runs another program on somebody else's file with bounded memory, time and output: the
// reader of other people's files must be able to fail alone.
package child

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"syscall"
	"time"
)

// Limits bound one run. What comes after Output bytes is not waited for.
type Limits struct {
	Memory  int           // address space in KiB
	Data    int           // of it what may be written to, in KiB; 0 where Memory says enough
	CPU     int           // seconds of processor time
	Time    time.Duration // by the clock on the wall
	Output  int64         // bytes kept of what it prints
	Program string        // looked for in the PATH
}

var (
	// ErrAbsent is given when the program is not installed.
	ErrAbsent = errors.New("program not installed")
	// ErrSlow is given when the time was up before the program had ended.
	ErrSlow = errors.New("program took too long")
)

// Output runs the program with the arguments and gives what it printed. failed is what the program itself ended with; a
// damaged file makes it fail, and what was printed until then is still given. err is ErrAbsent, ErrSlow, the context's
// own error, or what kept the run from starting.
func Output(ctx context.Context, l Limits, args ...string) (printed []byte, failed, err error) {
	program, err := exec.LookPath(l.Program)
	if err != nil {
		return nil, nil, ErrAbsent
	}
	limited, cancel := context.WithTimeout(ctx, l.Time)
	defer cancel()
	bounds := fmt.Sprintf(`ulimit -v %d && ulimit -t %d && exec "$0" "$@"`, l.Memory, l.CPU)
	if l.Data > 0 {
		bounds = fmt.Sprintf(`ulimit -d %d && `, l.Data) + bounds
	}
	cmd := exec.CommandContext(limited, "/bin/sh", append([]string{"-c", bounds, program}, args...)...)
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	cmd.WaitDelay = time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // what it starts ends with it
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	printed, _ = io.ReadAll(io.LimitReader(out, l.Output))
	stopped := limited.Err()
	if int64(len(printed)) == l.Output {
		cancel() // nobody reads on; one that has said all ends by itself
	}
	failed = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case stopped != nil:
		return nil, nil, ErrSlow
	}
	return printed, failed, nil
}
