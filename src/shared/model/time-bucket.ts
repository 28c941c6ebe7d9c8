/** The bucket of `width` nanoseconds that a time lies in: bucket 0 begins with the Unix epoch, those before it are negative. */
export function timeBucket(time: bigint, width: bigint): bigint {
  const quotient = time / width;
  return time < 0n && quotient * width !== time ? quotient - 1n : quotient;
}
