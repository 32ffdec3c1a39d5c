# Runs a command in a process group of its own, which ends when the standard input does: with the program that started
# us, however that came to its end. Arguments: the command.
exec 3<&0
setsid "$@" </dev/null 3<&- &
command=$!
{
    cat <&3 >/dev/null
    kill -s TERM -- "-$command" && sleep 20 && kill -s KILL -- "-$command"
} 2>/dev/null >/dev/null &
watch=$!
wait "$command"
status=$?
kill "$watch"
exit "$status"
