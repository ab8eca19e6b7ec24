package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Measures a benchmark: ours and the peer in turn, each time in a fresh process, on the input that
 * the peer dumped in a run before that does not count. Neither side is warmed up beyond what the
 * benchmark itself says.
 */
record ComparedRow(Benchmark benchmark) implements Row {

  @Override
  public String name() {
    return benchmark.name();
  }

  @Override
  public List<String> missing(Bench bench) throws IOException, InterruptedException {
    List<String> missing = new ArrayList<>();
    benchmark.missing().ifPresent(missing::add);
    if (benchmark.peer().isPresent()) {
      missingPeer(benchmark.peer().get(), bench).ifPresent(missing::add);
    }
    return missing;
  }

  private Optional<String> missingPeer(Peer peer, Bench bench)
      throws IOException, InterruptedException {
    String python = bench.settings().python();
    if (!Files.isExecutable(Path.of(python))) {
      return Optional.of(
          "Cannot measure %s: there is no interpreter %s; install it with 'apt install python3 %s', or name another by --python"
              .formatted(name(), python, peer.debianPackage()));
    }
    ChildProcess.Ended ended =
        bench.processes().run(List.of(python, "-c", "import " + peer.module()));
    return ended.code() == 0
        ? Optional.empty()
        : Optional.of(
            "Cannot measure %s: %s has no module %s; install it with 'apt install %s', or name another interpreter by --python"
                .formatted(name(), python, peer.module(), peer.debianPackage()));
  }

  @Override
  public BenchResult run(Bench bench) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(bench.folder().resolve(name()));
    Map<String, Integer> sizes = benchmark.sizes(bench.settings().scale());
    Optional<Peer> peer = benchmark.peer();
    List<String> input = List.of();
    if (peer.filter(Peer::dumps).isPresent()) {
      bench.tell(name() + ": the peer makes the input");
      bench.theirs(peer.get(), sizes, List.of("--dump=" + folder));
      input = List.of("--input=" + folder);
    }
    List<Measurement> ours = new ArrayList<>();
    List<Measurement> theirs = new ArrayList<>();
    int repeats = bench.settings().repeats();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      WorkOrder order =
          new WorkOrder(name(), folder.toString(), bench.settings().threads(), sizes, repeat == 1);
      ours.add(bench.ours(order));
      tell(bench, "ours", repeat, ours);
      if (peer.isPresent()) {
        theirs.add(bench.theirs(peer.get(), sizes, input));
        tell(bench, "peer", repeat, theirs);
      }
    }
    return result(bench, sizes, ours, theirs);
  }

  private void tell(Bench bench, String side, int repeat, List<Measurement> measured) {
    bench.tell(
        String.format(
            Locale.ROOT,
            "%s: %s %d of %d took %.3f s",
            name(),
            side,
            repeat,
            bench.settings().repeats(),
            measured.get(measured.size() - 1).seconds()));
  }

  private BenchResult result(
      Bench bench,
      Map<String, Integer> sizes,
      List<Measurement> oursRuns,
      List<Measurement> peerRuns)
      throws IOException, InterruptedException {
    Series ours = Series.of(oursRuns, Measurement::seconds);
    Series peer = peerRuns.isEmpty() ? null : Series.of(peerRuns, Measurement::seconds);
    Work work = benchmark.work(sizes);
    Target target = benchmark.target();
    double reached = peer == null ? work.items() / ours.median() : ours.median() / peer.median();
    Answer answer =
        peer == null ? Answer.NONE : benchmark.compare(oursRuns.get(0), peerRuns.get(0));
    Map<String, Double> figures = new TreeMap<>();
    figures.put("share.ofPeak", work.secondsAtPeak(bench.peak()) / ours.median());
    if (work.flops() > 0) {
      figures.put("gflops", work.flops() / ours.median() / 1e9);
    }
    if (peer != null) {
      ratio(figures, "ratio.cpu", oursRuns, peerRuns, Measurement::cpuSeconds);
    }
    if (benchmark.peer().filter(Peer::dumps).isPresent()) {
      // Peers in a script of their own may try several ways and report the fastest.
      ratio(figures, "ratio.whole", oursRuns, peerRuns, Measurement::wholeSeconds);
    }
    return new BenchResult(
        name(),
        benchmark.title(),
        sizes,
        bench.settings().threads(),
        ours,
        peer,
        benchmark.peer().map(known -> known.name() + " " + peerRuns.get(0).version()).orElse(""),
        reached,
        target.unit(),
        target.text(),
        Verdict.of(target.met(reached), answer, bench.settings().fullSize()),
        figures,
        answer.text().isEmpty() ? List.of() : List.of(answer.text()),
        oursRuns,
        peerRuns);
  }

  private static void ratio(
      Map<String, Double> figures,
      String name,
      List<Measurement> ours,
      List<Measurement> peer,
      ToDoubleFunction<Measurement> quantity) {
    double theirs = Series.of(peer, quantity).median();
    if (theirs > 0) {
      figures.put(name, Series.of(ours, quantity).median() / theirs);
    }
  }
}
