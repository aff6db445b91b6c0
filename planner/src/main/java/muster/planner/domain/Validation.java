package muster.planner.domain;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A table of measurements against what the performance model says of them.
 *
 * @param file as the user named it
 * @param rows in the order of the file
 */
public record Validation(String file, List<Row> rows) {
    /**
     * One measurement and its prediction.
     *
     * @param prediction absent where the row is not used
     * @param reason why it is not used, or what was assumed; empty where neither
     */
    public record Row(Measurement measurement, Optional<Prediction> prediction, String reason) {
        /** A row in doubt is predicted, but counts nowhere. */
        public boolean used() {
            return prediction.isPresent() && measurement.defect().isEmpty();
        }

        public boolean counts() {
            return used() && measurement.complete();
        }
    }

    /**
     * @param value in the measurement's unit
     * @param measuredSeconds of a step; {@code predictedSeconds} likewise
     * @param errorPercent of the time: predicted over measured, less 100; slow is positive
     * @param band where the model says that the time lies in four of five cases
     */
    public record Prediction(
            double value,
            double measuredSeconds,
            double predictedSeconds,
            double errorPercent,
            boolean fits,
            double memoryBytesPerGpu,
            Layout layout,
            StepBand band,
            boolean insideBand) {}

    /** Errors of some rows: mean of their sizes, mean with sign, largest; in percent of the measured time. */
    public record Errors(String name, int rows, double meanPercent, double biasPercent, double largestPercent) {
        static Errors of(String name, List<Row> rows) {
            double[] errors = rows.stream()
                    .mapToDouble(row -> row.prediction().orElseThrow().errorPercent())
                    .toArray();
            double sizes = 0;
            double sum = 0;
            double largest = 0;
            for (double error : errors) {
                sizes += Math.abs(error);
                sum += error;
                largest = Math.max(largest, Math.abs(error));
            }
            int count = Math.max(1, errors.length);
            return new Errors(name, errors.length, sizes / count, sum / count, largest);
        }
    }

    /** Rows of one model, GPU, count of GPUs and stack: layouts, which a planner has to put in order. */
    private record RankedSet(String stack, String model, String gpu, int gpus) {
        static RankedSet of(Row row) {
            MeasuredRun run = row.measurement().run().orElseThrow();
            return new RankedSet(
                    run.job().stack().name(),
                    row.measurement().model(),
                    row.measurement().gpu(),
                    run.gpus());
        }
    }

    /**
     * How well the model orders the layouts of one set.
     *
     * @param spreadPercent the slowest step over the fastest, less 100
     * @param rankCorrelation Spearman's, of measured and predicted step times
     */
    public record Ranking(
            String stack, String model, String gpu, int gpus, int rows, double spreadPercent, double rankCorrelation) {
        public String name() {
            return "%s on %d %s, %s".formatted(model, gpus, gpu, stack);
        }
    }

    /** Fewer layouts, or some that differ by less, say little about an order. */
    private static final int LEAST_RANKED = 8;

    private static final double LEAST_SPREAD_PERCENT = 20;

    public Validation {
        rows = List.copyOf(rows);
    }

    /** {@return the order of layouts, in sets of eight or more rows that count and spread by 20 % or more} */
    public List<Ranking> rankings() {
        Map<RankedSet, List<Row>> sets = new LinkedHashMap<>();
        rows.stream()
                .filter(Row::counts)
                .forEach(row -> sets.computeIfAbsent(RankedSet.of(row), set -> new ArrayList<>())
                        .add(row));
        List<Ranking> rankings = new ArrayList<>();
        sets.forEach((set, members) -> {
            double[] measured = members.stream()
                    .mapToDouble(row -> row.prediction().orElseThrow().measuredSeconds())
                    .toArray();
            double[] predicted = members.stream()
                    .mapToDouble(row -> row.prediction().orElseThrow().predictedSeconds())
                    .toArray();
            DoubleSummaryStatistics range = DoubleStream.of(measured).summaryStatistics();
            double spreadPercent = 100 * (range.getMax() / range.getMin() - 1);
            if (members.size() >= LEAST_RANKED && spreadPercent >= LEAST_SPREAD_PERCENT) {
                rankings.add(new Ranking(
                        set.stack(),
                        set.model(),
                        set.gpu(),
                        set.gpus(),
                        members.size(),
                        spreadPercent,
                        RankCorrelation.spearman(measured, predicted)));
            }
        });
        return rankings;
    }

    /** {@return errors by group, of the rows that count, in the order of the file} */
    public List<Errors> groups() {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        rows.stream()
                .filter(Row::counts)
                .forEach(row -> groups.computeIfAbsent(row.measurement().group(), name -> new ArrayList<>())
                        .add(row));
        List<Errors> errors = new ArrayList<>();
        groups.forEach((name, members) -> errors.add(Errors.of(name, members)));
        return errors;
    }

    public Errors overall() {
        return Errors.of("complete", rows.stream().filter(Row::counts).toList());
    }

    public Errors overallAll() {
        return Errors.of("used", rows.stream().filter(Row::used).toList());
    }

    /** {@return rows whose time lies in its band, of those that count, 0 to 1; 0 where there are none} */
    public double insideBandFraction() {
        List<Row> counted = rows.stream().filter(Row::counts).toList();
        return counted.isEmpty()
                ? 0
                : (double) counted.stream()
                                .filter(row -> row.prediction().orElseThrow().insideBand())
                                .count()
                        / counted.size();
    }
}
