# What a Java process cannot tell: which of its streams are terminals, how wide they are, and what people typed.
# Read by both launchers, ./tare of a checkout and that of the archive.
TARE_TTY=''
[ ! -t 1 ] || TARE_TTY=out
[ ! -t 2 ] || TARE_TTY="$TARE_TTY err"
if [ -n "$TARE_TTY" ] && size=$(stty size 2>/dev/null </dev/tty); then
  COLUMNS=${size#* }
  export COLUMNS
fi
# For commands that Tare suggests.
TARE_COMMAND=$0
export TARE_TTY TARE_COMMAND
