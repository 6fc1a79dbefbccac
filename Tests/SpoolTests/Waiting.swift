/// Waits until a condition is true; the time limit of the suite ends a wait in vain.
func wait(until condition: () -> Bool) async {
    while !condition() { await Task.yield() }
}
