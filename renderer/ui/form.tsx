import { Checkbox as Box } from '@base-ui/react/checkbox';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Select } from '@base-ui/react/select';
import { Switch } from '@base-ui/react/switch';
import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'size' | 'onChange'> & {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string;
  /** good: the hint confirms; bad: the hint says what is wanted, and is spoken */
  readonly tone?: 'good' | 'bad';
  readonly icon?: IconName;
  readonly end?: ReactNode;
  readonly aside?: ReactNode;
  readonly large?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
};

/** A labelled input: label above, hint below. */
export function Field(props: FieldProps): ReactNode {
  const { label, onValue, hint, tone, icon, end, aside, large = false, inputRef, className = '', ...input } = props;
  const id = useId();
  return (
    <div className={`field ${tone ?? ''}`}>
      <div className="row between">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        {aside}
      </div>
      <span className={`input ${large ? 'large' : ''}`}>
        {icon === undefined ? null : <Icon name={icon} />}
        <input
          {...input}
          id={id}
          ref={inputRef}
          className={className}
          aria-invalid={tone === 'bad' || undefined}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={(event) => onValue(event.target.value)}
        />
        {end}
      </span>
      {hint === undefined ? null : (
        <span className="hint" id={`${id}-hint`} role={tone === 'bad' ? 'alert' : undefined}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** A switch with its sentence; the whole row is the target. */
export function Toggle(props: {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <label className="toggle" htmlFor={id}>
      <Switch.Root id={id} className="knob" checked={props.checked} disabled={props.disabled === true} onCheckedChange={props.onChange}>
        <Switch.Thumb className="thumb" />
      </Switch.Root>
      <span className="toggle-text">
        <span>{props.label}</span>
        {props.hint === undefined ? null : <small>{props.hint}</small>}
      </span>
    </label>
  );
}

/** A box to be ticked, with its sentence; the whole row is the target. */
export function Checkbox(props: {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <label className="toggle" htmlFor={id}>
      <Box.Root id={id} className="checkbox" checked={props.checked} onCheckedChange={props.onChange}>
        <Box.Indicator>
          <Icon name="check" className="s" />
        </Box.Indicator>
      </Box.Root>
      <span className="toggle-text">
        <span>{props.label}</span>
        {props.hint === undefined ? null : <small>{props.hint}</small>}
      </span>
    </label>
  );
}

export type Choices<Value extends string> = readonly { readonly value: Value; readonly label: string }[];

/** A drop-down of a few values. */
export function SelectBox<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly items: Choices<Value>;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
  /** The label is for screen readers only. */
  readonly hideLabel?: boolean;
  readonly start?: ReactNode;
}): ReactNode {
  const id = useId();
  const box = (
    <Select.Root
      items={props.items}
      value={props.value}
      onValueChange={(value) => {
        if (value !== null) props.onChange(value);
      }}
    >
      <Select.Trigger id={id} className={`select ${props.className ?? ''}`} aria-label={props.hideLabel === true ? props.label : undefined}>
        {props.start}
        <Select.Value className="clip grow" />
        <Select.Icon>
          <Icon name="updown" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="floating" sideOffset={4} alignItemWithTrigger={false}>
          <Select.Popup className="menu">
            {props.items.map((item) => (
              <Select.Item key={item.value} value={item.value} className="menu-item">
                <Select.ItemText className="grow">{item.label}</Select.ItemText>
                <Select.ItemIndicator>
                  <Icon name="check" className="s" />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
  if (props.hideLabel === true) return box;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {props.label}
      </label>
      {box}
    </div>
  );
}

/** A few values side by side, one of them chosen. */
export function Segments<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly items: Choices<Value>;
  readonly disabled?: boolean;
  readonly onChange: (value: Value) => void;
}): ReactNode {
  return (
    <RadioGroup
      className="segments"
      disabled={props.disabled === true}
      aria-label={props.label}
      value={props.value}
      onValueChange={(value: unknown) => {
        const chosen = props.items.find((item) => item.value === value);
        if (chosen !== undefined) props.onChange(chosen.value);
      }}
    >
      {props.items.map((item) => (
        <label key={item.value} className="segment">
          <Radio.Root value={item.value} className="segment-radio" />
          <span>{item.label}</span>
        </label>
      ))}
    </RadioGroup>
  );
}
