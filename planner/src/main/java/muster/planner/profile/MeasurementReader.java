package muster.planner.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FlopBasis;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Measurement;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;

/**
 * Reads a table of measured runs. Cells that are no numbers are errors of the file; rows that say too little, or of what
 * the catalogue does not know, are kept without a run and say why.
 */
public final class MeasurementReader {
    /** Used for stacks that the catalogue does not know. */
    private static final String GENERIC_STACK = "generic";

    private static final List<String> REQUIRED =
            List.of("id", "stack", "model", "gpu", "n_gpus", "measured_kind", "measured_value");
    private static final Map<String, String> PRECISION_ALIASES =
            Map.of("fp8-cs", "fp8", "fp8-ds", "fp8", "fp8-sc", "fp8", "fp8-mx", "mxfp8", "fp4", "nvfp4");
    /** Far above what anybody ran, so that no product of counts leaves an int or the kernel's domain. */
    private static final double LEAST_GIGABITS = 0.1;

    private static final double MOST_GIGABITS = 100_000;
    private static final int MOST = 4_000_000;

    /** No seconds, rates, shares or hours of a run lie outside of it. */
    private static final double LEAST_VALUE = 1e-6;

    private static final double MOST_VALUE = 1e12;

    /** Java's own parser also takes 5f, 8d and 0x1p3. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** Of tensor, pipeline and other ranks, and of sequences per microbatch. */
    private static final int MOST_RANKS = 16_384;

    private final Catalogue catalogue;
    private final MeasuredShapes shapes;
    private final MeasuredHardware hardware;
    private final Problems problems = new Problems();
    private final Map<String, Optional<Stack>> stacks = new HashMap<>();

    private MeasurementReader(Catalogue catalogue) throws ProfileException {
        this.catalogue = catalogue;
        this.shapes = new MeasuredShapes(catalogue);
        this.hardware = new MeasuredHardware(catalogue);
    }

    /**
     * {@return the rows, in the order of the file}
     *
     * @throws ProfileException with every malformed cell at its place
     */
    public static List<Measurement> read(Path file, Catalogue catalogue) throws ProfileException {
        CsvTable table = CsvTable.read(file, REQUIRED);
        MeasurementReader reader = new MeasurementReader(catalogue);
        List<Measurement> measurements = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            measurements.add(reader.measurement(row));
        }
        reader.problems.throwIfAny();
        return measurements;
    }

    private Measurement measurement(CsvTable.Row row) throws ProfileException {
        List<String> remarks = new ArrayList<>();
        String kindWord = row.find("measured_kind").orElse("");
        Optional<MeasuredKind> kind = MeasuredKind.of(kindWord);
        if (kind.isEmpty()) {
            remarks.add("(%s) is no rate of steps".formatted(Shown.text(kindWord)));
        }
        OptionalDouble value = number(row, "measured_value");
        if (value.isEmpty()) {
            remarks.add("no value is stated");
        } else if (!(value.getAsDouble() >= LEAST_VALUE && value.getAsDouble() <= MOST_VALUE)) {
            problems.add(
                    row.place("measured_value"),
                    "measured_value (%s) must be from 0.000001 to 1,000,000,000,000."
                            .formatted(Shown.text(row.find("measured_value").orElse(""))));
        }
        Optional<FlopBasis> basis = basis(row, kind, remarks);
        Optional<MeasuredRun> run = run(row, basis.orElse(FlopBasis.DEFAULT), remarks);
        boolean usable = kind.isPresent() && value.isPresent() && basis.isPresent();
        return new Measurement(
                row.find("id").orElse("line " + row.line()),
                row.line(),
                row.find("stack").orElse(""),
                row.find("release").orElse(""),
                row.find("model").orElse(""),
                row.find("gpu").orElse(""),
                kind,
                value.orElse(0),
                !row.hasColumn("complete")
                        || row.find("complete").filter("yes"::equals).isPresent(),
                row.find("defect").orElse(""),
                usable ? run : Optional.empty(),
                remarks);
    }

    private Optional<MeasuredRun> run(CsvTable.Row row, FlopBasis basis, List<String> remarks) throws ProfileException {
        MeasuredShapes.Columns columns = new MeasuredShapes.Columns(
                number(row, "params_b").orElse(0),
                count(row, "layers").orElse(0),
                count(row, "hidden").orElse(0),
                count(row, "heads").orElse(0),
                count(row, "kv_heads").orElse(0),
                count(row, "ffn").orElse(0),
                count(row, "experts").orElse(0),
                count(row, "topk").orElse(0),
                count(row, "vocab").orElse(0));
        OptionalInt gpus = count(row, "n_gpus");
        OptionalInt sequence = count(row, "seq");
        OptionalInt batch = count(row, "global_batch_seqs");
        OptionalDouble network = network(row);
        LayoutWish wish = wish(row);
        Optional<Model> model = shapes.find(row.find("model").orElse(""), columns, remarks);
        Optional<Node> node = node(row, network, remarks);
        Optional<Stack> stack = stack(row, remarks);
        if (gpus.isEmpty() || sequence.isEmpty() || batch.isEmpty()) {
            remarks.add("GPUs, sequence length or batch are not stated");
            return Optional.empty();
        }
        if (model.isEmpty() || node.isEmpty() || stack.isEmpty()) {
            return Optional.empty();
        }
        Optional<Precision> precision = precision(row, stack.get(), node.get(), remarks);
        return precision.map(format -> new MeasuredRun(
                job(row, model.get(), stack.get(), format, sequence.getAsInt(), batch.getAsInt()),
                node.get(),
                gpus.getAsInt(),
                wish,
                row.find("recompute").isPresent(),
                basis));
    }

    private OptionalDouble network(CsvTable.Row row) {
        OptionalDouble gigabits = number(row, "nic_gbit_per_gpu");
        if (gigabits.isPresent()
                && !(gigabits.getAsDouble() >= LEAST_GIGABITS && gigabits.getAsDouble() <= MOST_GIGABITS)) {
            problems.add(
                    row.place("nic_gbit_per_gpu"),
                    "nic_gbit_per_gpu (%s) must be from %s to %,.0f."
                            .formatted(
                                    Shown.text(row.find("nic_gbit_per_gpu").orElse("")),
                                    LEAST_GIGABITS,
                                    MOST_GIGABITS));
            return OptionalDouble.empty();
        }
        return gigabits;
    }

    /** {@return the FLOP that a rate counts; of other kinds the default, empty where the words are not known} */
    private static Optional<FlopBasis> basis(CsvTable.Row row, Optional<MeasuredKind> kind, List<String> remarks) {
        if (kind.filter(MeasuredKind::countsFlops).isEmpty()) {
            return Optional.of(FlopBasis.DEFAULT);
        }
        Optional<String> words = row.find("flop_basis");
        if (words.isEmpty()) {
            remarks.add("flop_basis is not stated: model, full taken");
            return Optional.of(FlopBasis.DEFAULT);
        }
        Optional<FlopBasis> basis = FlopBasis.of(words.get());
        if (basis.isEmpty()) {
            remarks.add("the flop_basis (%s) is not known; model or hardware, causal or full"
                    .formatted(Shown.text(words.get())));
        }
        return basis;
    }

    private LayoutWish wish(CsvTable.Row row) {
        Optional<Layout.Recompute> recompute = row.find("recompute").flatMap(word -> recompute(row, word));
        return new LayoutWish(
                count(row, "tp", MOST_RANKS),
                count(row, "pp", MOST_RANKS),
                count(row, "vpp", MOST_RANKS),
                count(row, "dp"),
                count(row, "ep", MOST_RANKS),
                count(row, "cp", MOST_RANKS),
                count(row, "microbatch", MOST_RANKS),
                Optional.of(recompute.orElse(Layout.Recompute.NONE)),
                OptionalInt.empty());
    }

    private Optional<Layout.Recompute> recompute(CsvTable.Row row, String word) {
        Optional<Layout.Recompute> found = Stream.of(Layout.Recompute.values())
                .filter(kind -> kind.key().equals(word))
                .findFirst();
        if (found.isEmpty()) {
            problems.add(
                    row.place("recompute"),
                    "recompute (%s) is not known.".formatted(Shown.text(word)),
                    "none, selective or full.");
        }
        return found;
    }

    private Optional<Node> node(CsvTable.Row row, OptionalDouble network, List<String> remarks) {
        String gpu = row.find("gpu").orElse("");
        if (gpu.contains("+")) {
            remarks.add("GPUs of several kinds (%s)".formatted(Shown.text(gpu)));
            return Optional.empty();
        }
        Optional<Node> node = hardware.find(gpu, network);
        if (node.isEmpty()) {
            remarks.add("the catalogue has no node with the GPU (%s)".formatted(Shown.text(gpu)));
        }
        return node;
    }

    private Optional<Stack> stack(CsvTable.Row row, List<String> remarks) throws ProfileException {
        String name = row.find("stack").orElse("");
        Optional<Stack> stack = stack(name);
        if (stack.isEmpty()) {
            stack = stack(GENERIC_STACK);
            remarks.add(
                    stack.isPresent()
                            ? "the stack (%s) is not known; %s stands in".formatted(Shown.text(name), GENERIC_STACK)
                            : "the stack (%s) is not known".formatted(Shown.text(name)));
        }
        return stack.map(found -> found.at(row.find("release").orElse("")));
    }

    private Optional<Stack> stack(String name) throws ProfileException {
        Optional<Stack> known = stacks.get(name);
        if (known == null) {
            known = catalogue.names(Catalogue.Kind.STACK).contains(name)
                    ? Optional.of((Stack) catalogue.find(Catalogue.Kind.STACK, name))
                    : Optional.empty();
            stacks.put(name, known);
        }
        return known;
    }

    private Optional<Precision> precision(CsvTable.Row row, Stack stack, Node node, List<String> remarks) {
        Optional<String> word = row.find("precision").map(text -> text.toLowerCase(Locale.ROOT));
        Optional<Precision> precision = word.map(text -> PRECISION_ALIASES.getOrDefault(text, text))
                .map(text -> Stream.of(Precision.values())
                        .filter(format -> format.key().equals(text))
                        .findFirst())
                .orElseGet(() -> Stream.of(Precision.BF16, Precision.FP16)
                        .filter(stack.precisions()::contains)
                        .findFirst());
        if (precision.isEmpty()) {
            remarks.add("the precision (%s) is not known".formatted(Shown.text(word.orElse(""))));
        } else if (!node.gpu().supports(precision.get())
                || stack.efficiencyOn(node.gpu(), precision.get()).isEmpty()) {
            remarks.add(
                    "GPU or stack do not train in %s".formatted(precision.get().key()));
            return Optional.empty();
        } else if (word.isEmpty()) {
            remarks.add(
                    "%s taken, the stack's default".formatted(precision.get().key()));
        }
        return precision;
    }

    private Job job(CsvTable.Row row, Model model, Stack stack, Precision precision, int sequence, int batch) {
        Origin origin = new Origin("%s:%d".formatted(row.file(), row.line()), "", Confidence.HIGH);
        return Job.alone(
                row.find("id").orElse("run"),
                model,
                new Figure((double) sequence * batch, BaseUnit.TOKENS, origin),
                new Figure(sequence, BaseUnit.TOKENS, origin),
                new Figure(batch, BaseUnit.SEQUENCES, origin),
                precision,
                stack);
    }

    private OptionalInt count(CsvTable.Row row, String column) {
        return count(row, column, MOST);
    }

    private OptionalInt count(CsvTable.Row row, String column, int most) {
        OptionalDouble number = number(row, column);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        double value = number.getAsDouble();
        if (value < 1 || value > most || value != Math.rint(value)) {
            problems.add(
                    row.place(column),
                    "%s (%s) must be a whole number from 1 to %,d."
                            .formatted(column, Shown.text(row.find(column).orElse("")), most));
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) value);
    }

    private OptionalDouble number(CsvTable.Row row, String column) {
        Optional<String> text = row.find(column);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (NUMBER.matcher(text.get()).matches()) {
            double value = Double.parseDouble(text.get());
            if (Double.isFinite(value)) {
                return OptionalDouble.of(value);
            }
        }
        problems.add(row.place(column), "%s (%s) is no number.".formatted(column, Shown.text(text.get())));
        return OptionalDouble.empty();
    }
}
