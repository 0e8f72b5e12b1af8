import { useState } from 'react';
import type { Period } from '#contract/common.ts';

/** What another screen asked of this one; it travels in the state of the history entry, so that "back" brings it again. */
export type Intent = {
  readonly promotionCode?: string;
  readonly period?: Period;
  readonly subject?: 'plan' | 'payment' | 'device' | 'other';
  readonly orderId?: string;
  /** The payment page could not be opened: its address has to be shown. */
  readonly unopened?: boolean;
  /** What a profile is to be fetched with, and onto which secure element of a card that has several. */
  readonly activationCode?: string;
  readonly isdrAid?: string;
};

/** The intent with which this screen was opened; empty where there is none. */
export function useIntent(): Intent {
  return useState(() => readIntent(history.state))[0];
}

const periods: readonly string[] = ['month', 'quarter', 'year'] satisfies readonly Period[];
const subjects: readonly string[] = ['plan', 'payment', 'device', 'other'];

/** A history entry outlives the program that made it: each part is taken only as what it should be. */
export function readIntent(state: unknown): Intent {
  if (typeof state !== 'object' || state === null) return {};
  const { promotionCode, period, subject, orderId, unopened, activationCode, isdrAid }: Partial<Record<keyof Intent, unknown>> = state;
  return {
    ...(typeof promotionCode === 'string' ? { promotionCode } : {}),
    ...(typeof period === 'string' && periods.includes(period) ? { period: period as Period } : {}),
    ...(typeof subject === 'string' && subjects.includes(subject) ? { subject: subject as NonNullable<Intent['subject']> } : {}),
    ...(typeof orderId === 'string' ? { orderId } : {}),
    ...(typeof unopened === 'boolean' ? { unopened } : {}),
    ...(typeof activationCode === 'string' ? { activationCode } : {}),
    ...(typeof isdrAid === 'string' ? { isdrAid } : {}),
  };
}
