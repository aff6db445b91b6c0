package muster.planner.report;

import java.util.List;

/** What the derived figures of claims are called and measured in. */
record DerivedFigure(String key, String label, String unit) {
    /** Those that every answer names, known or not. */
    static final List<String> ALWAYS = List.of(
            "gpuHours",
            "days",
            "usd",
            "usdPerGpuHour",
            "flopPerToken",
            "flop",
            "tokensPerSecondPerGpu",
            "mfuPercentBf16",
            "mfuPercentBf16Full",
            "mfuPercent6nd",
            "mfuPercentPeak",
            "capexUsd",
            "opexUsd",
            "usdOwned",
            "interruptions");

    private static final List<DerivedFigure> KNOWN = List.of(
            new DerivedFigure("gpus", "GPUs", ""),
            new DerivedFigure("gpuHours", "GPU-hours", "GPU-h"),
            new DerivedFigure("days", "days", "d"),
            new DerivedFigure("usd", "cost", "USD"),
            new DerivedFigure("usdPerGpuHour", "price per GPU-hour", "USD/GPU/h"),
            new DerivedFigure("flopPerToken", "arithmetic per token, causal", "FLOP"),
            new DerivedFigure("flop", "arithmetic, causal", "FLOP"),
            new DerivedFigure("flopFull", "arithmetic, full attention matrix", "FLOP"),
            new DerivedFigure("flop6nd", "arithmetic, 6ND", "FLOP"),
            new DerivedFigure("tokensPerSecondPerGpu", "rate per GPU", "tokens/s"),
            new DerivedFigure("flopPerSecondPerGpu", "arithmetic per GPU", "FLOP/s"),
            new DerivedFigure("mfuPercentBf16", "MFU: causal, dense 16-bit peak", "%"),
            new DerivedFigure("mfuPercentBf16Full", "MFU: full matrix, dense 16-bit peak", "%"),
            new DerivedFigure("mfuPercent6nd", "MFU: 6ND, dense 16-bit peak", "%"),
            new DerivedFigure("mfuPercentPeak", "MFU: causal, peak of the run's precision", "%"),
            new DerivedFigure("gpuHoursModelled", "GPU-hours by the performance model", "GPU-h"),
            new DerivedFigure("capexUsd", "capex", "USD"),
            new DerivedFigure("opexUsd", "cost to operate", "USD"),
            new DerivedFigure("usdPerYear", "capex and opex per year", "USD"),
            new DerivedFigure("powerWatts", "rated power", "W"),
            new DerivedFigure("opexUsdPerKwMonth", "cost to operate per kW and month", "USD/kW/month"),
            new DerivedFigure("opexUsdPerKwMonthOneYear", "the same, if it were one year's", "USD/kW/month"),
            new DerivedFigure("opexUsdPerKwMonthPlausible", "plausible for that", "USD/kW/month"),
            new DerivedFigure("usdPerGpuHourOwned", "owned GPU-hour", "USD/GPU/h"),
            new DerivedFigure("usdPerGpuHourRented", "what others ask per GPU-hour", "USD/GPU/h"),
            new DerivedFigure("usdRented", "cost at those prices", "USD"),
            new DerivedFigure("usdOwned", "cost on owned GPUs", "USD"),
            new DerivedFigure("breakEvenUtilisationPercent", "utilisation where owning meets the price", "%"),
            new DerivedFigure("usdAtOtherPrices", "cost at other prices", "USD"),
            new DerivedFigure("interruptions", "interruptions to expect", ""),
            new DerivedFigure("lostPercent", "time lost to them", "%"),
            new DerivedFigure("lostUsd", "money lost to them", "USD"),
            new DerivedFigure("comparedGpuHours", "GPU-hours of the compared run", "GPU-h"),
            new DerivedFigure("runPercentOfPeriod", "compared run, of all hours of the period", "%"),
            new DerivedFigure("runDays", "days of the compared run", "d"));

    static DerivedFigure of(String key) {
        return KNOWN.stream()
                .filter(figure -> figure.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No derived figure (%s).".formatted(key)));
    }
}
