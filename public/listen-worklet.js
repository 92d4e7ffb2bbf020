/**
 * Plays the sound of a live call on the audio thread: takes samples as they come over the network, holds back as few of
 * them as keep the sound whole, and brings them to the rate of the loudspeaker. The first output is the caller, the
 * second the assistant; a call in mono is all on the first.
 */

/** Seconds held back: at first, at least and at most, and what is thrown away above. */
const target = { first: 0.12, least: 0.08, most: 0.3, step: 0.04 };
const mostHeld = 0.4;
/** How far from the target nothing is done about it, and how much faster or slower the sound is played beyond: nobody hears that. */
const tolerance = 0.03;
const mostSpeed = 0.03;
/** Without a gap for so long, a little less is held back. */
const calmSeconds = 15;
/** Frames between two reports, about 50 ms. */
const reportFrames = 2_400;

class LiveSound extends AudioWorkletProcessor {
  constructor() {
    super();
    this.rate = 0;
    /** One ring of samples a channel. Positions are counted in frames from the first and never turn back. */
    this.rings = [];
    this.capacity = 0;
    this.written = 0;
    this.position = 0;
    this.target = target.first;
    this.isPlaying = false;
    this.hasBegun = false;
    this.lastGapAt = 0;
    this.sinceReport = 0;
    this.gapFrames = 0;
    this.counters = { gaps: 0, longestGapMs: 0, skippedMs: 0, playedMs: 0 };
    this.peaks = [0, 0];
    this.port.onmessage = ({ data }) => {
      if (data.kind === "format") this.begin(data);
      else this.take(data.channels);
    };
  }

  /** The same format again goes on where the sound broke off. */
  begin({ sampleRate: rate, channels }) {
    if (rate === this.rate && channels === this.rings.length) return;
    this.rate = rate;
    this.capacity = rate * 2;
    this.rings = Array.from({ length: channels }, () => new Float32Array(this.capacity));
    this.written = 0;
    this.position = 0;
    this.isPlaying = false;
  }

  take(channels) {
    const frames = channels[0].length;
    channels.forEach((samples, channel) => {
      const ring = this.rings[channel];
      const from = Math.max(0, frames - this.capacity);
      for (let index = from; index < frames; index += 1) {
        ring[(this.written + index) % this.capacity] = samples[index];
      }
    });
    this.written += frames;
    // Whoever listens wants to hear now, not all that was missed.
    if (this.held() > mostHeld) {
      const skipped = this.held() - this.target;
      this.position += skipped * this.rate;
      this.counters.skippedMs += skipped * 1_000;
    }
  }

  /** Seconds that have come and were not played. */
  held() {
    return this.rate === 0 ? 0 : (this.written - this.position) / this.rate;
  }

  process(_inputs, outputs) {
    const frames = outputs[0][0].length;
    const step = this.rate === 0 ? 0 : (this.rate / sampleRate) * this.speed();
    let played = 0;
    for (let frame = 0; frame < frames; frame += 1) {
      if (!this.canPlay()) {
        if (this.hasBegun) this.gapFrames += 1;
        continue;
      }
      for (let channel = 0; channel < this.rings.length; channel += 1) {
        const sample = this.sampleAt(this.rings[channel]);
        outputs[channel][0][frame] = sample;
        this.peaks[channel] = Math.max(this.peaks[channel], Math.abs(sample));
      }
      this.position += step;
      played += 1;
    }
    this.counters.playedMs += (played / sampleRate) * 1_000;
    this.sinceReport += frames;
    if (this.sinceReport >= reportFrames) this.report();
    return true;
  }

  speed() {
    const off = this.held() - this.target;
    if (Math.abs(off) < tolerance) return 1;
    return 1 + Math.max(-mostSpeed, Math.min(mostSpeed, (off / this.target) * mostSpeed));
  }

  /** Begins once enough is held, and again after a gap. */
  canPlay() {
    if (this.rate === 0) return false;
    // Between two samples the two beyond have a say.
    const hasNext = this.written - this.position >= 3;
    if (this.isPlaying && !hasNext) {
      this.isPlaying = false;
      this.counters.gaps += 1;
      this.lastGapAt = currentTime;
      this.target = Math.min(target.most, this.target + target.step);
    } else if (!this.isPlaying && hasNext && this.held() >= this.target) {
      this.isPlaying = true;
      this.hasBegun = true;
      const gapMs = (this.gapFrames / sampleRate) * 1_000;
      this.counters.longestGapMs = Math.max(this.counters.longestGapMs, gapMs);
      this.gapFrames = 0;
    }
    return this.isPlaying;
  }

  /** A cubic curve (Catmull-Rom) through the four samples around the position. */
  sampleAt(ring) {
    const whole = Math.floor(this.position);
    const t = this.position - whole;
    const at = (offset) => ring[Math.max(0, whole + offset) % this.capacity];
    const [a, b, c, d] = [at(-1), at(0), at(1), at(2)];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  report() {
    if (currentTime - this.lastGapAt > calmSeconds) {
      this.target = Math.max(target.least, this.target - target.step / 4);
      this.lastGapAt = currentTime;
    }
    this.port.postMessage({
      heldMs: this.held() * 1_000,
      isPlaying: this.isPlaying,
      peaks: this.peaks,
      counters: { ...this.counters },
    });
    this.peaks = [0, 0];
    this.sinceReport = 0;
  }
}

registerProcessor("live-sound", LiveSound);
